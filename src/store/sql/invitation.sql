-- Letters of invitation to meetings.

-- query: invitation_get :opt
-- param: meeting_id i64
-- row: number text, signature text, issued_at i64, revision i64
SELECT number, signature, issued_at, revision FROM invitation
 WHERE meeting_id = :meeting_id;

-- query: invitation_issue :exec
-- param: meeting_id i64, number text, signature text, now i64
INSERT INTO invitation (meeting_id, number, signature, issued_at, revision)
VALUES (:meeting_id, :number, :signature, :now, 0)
ON CONFLICT (meeting_id) DO UPDATE
   SET number = excluded.number, signature = excluded.signature,
       issued_at = excluded.issued_at, revision = invitation.revision + 1;
