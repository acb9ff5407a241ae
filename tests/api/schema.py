"""JSON Schema, as much of it as api/openapi.json uses.

An unknown keyword is an error: a description that says more than is checked
would be believed.
"""
import re

ANNOTATIONS = {'description', 'format'}
TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool,
         'null': type(None)}


def is_type(value, name):
    if name == 'integer':
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


FORMATS = {
    'date-time': re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ'),
    'uri': re.compile(r'https?://[!-~]+'),
    'binary': re.compile(r''),
}


def string(schema, value, at):
    if len(value) < schema.get('minLength', 0):
        yield f'{at}: too short'
    if len(value) > schema.get('maxLength', 1 << 40):
        yield f'{at}: too long'
    if 'pattern' in schema and not re.search(schema['pattern'], value):
        yield f'{at}: {value!r} is not {schema["pattern"]}'
    if 'format' in schema and not FORMATS[schema['format']].fullmatch(value):
        yield f'{at}: {value!r} is no {schema["format"]}'


def wrong(doc, schema, value, at='$'):
    """What is wrong with a value, sentence by sentence."""
    if '$ref' in schema:
        for part in schema['$ref'].removeprefix('#/').split('/'):
            doc_part = doc if part == 'components' else doc_part
            doc_part = doc_part[part]
        yield from wrong(doc, doc_part, value, at)
        return
    known = {'type', 'properties', 'required', 'additionalProperties', 'items',
             'enum', 'anyOf', 'minimum', 'maximum', 'minLength', 'maxLength',
             'pattern'} | ANNOTATIONS
    if set(schema) - known:
        yield f'{at}: the schema says {set(schema) - known}'
    if 'anyOf' in schema:
        if all(list(wrong(doc, s, value, at)) for s in schema['anyOf']):
            yield f'{at}: {value!r} is none of the kinds'
        return
    if 'type' in schema and not is_type(value, schema['type']):
        yield f'{at}: {value!r} is no {schema["type"]}'
        return
    if 'enum' in schema and value not in schema['enum']:
        yield f'{at}: {value!r} is not listed'
    if isinstance(value, str):
        yield from string(schema, value, at)
    if is_type(value, 'integer'):
        if not schema.get('minimum', value) <= value <= \
                schema.get('maximum', value):
            yield f'{at}: {value} is out of range'
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from wrong(doc, schema.get('items', {}), item, f'{at}[{i}]')
    if isinstance(value, dict):
        props = schema.get('properties', {})
        for name in schema.get('required', []):
            if name not in value:
                yield f'{at}.{name} is missing'
        for name, item in value.items():
            if name in props:
                yield from wrong(doc, props[name], item, f'{at}.{name}')
            elif schema.get('additionalProperties') is False:
                yield f'{at}.{name} is not described'
