-- Whether events belong to a session of their owner was asked by their policy, which looks at each row and so at
-- the partitions of all months. Asked once for all that a statement brings, only those of its months are looked at.

CREATE FUNCTION quiz.require_own_sessions() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    sessions uuid[];
    owners text[];
    found bigint;
BEGIN
    SELECT array_agg(e.session), array_agg(e.owner) INTO sessions, owners
    FROM (SELECT DISTINCT n.session, n.owner FROM new_event n) e;
    IF sessions IS NULL THEN
        RETURN NULL;
    END IF;
    -- EXECUTE plans for these very sessions, and leaves the other partitions out.
    EXECUTE 'SELECT count(*) FROM unnest($1, $2) AS e(session, owner) JOIN quiz.session s'
        ' ON s.id = e.session AND s.owner = e.owner WHERE s.id = ANY ($1)'
        INTO found USING sessions, owners;
    IF found < cardinality(sessions) THEN
        RAISE EXCEPTION 'an event belongs to no session of its owner' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER of_own_session AFTER INSERT ON quiz.event REFERENCING NEW TABLE AS new_event
    FOR EACH STATEMENT EXECUTE FUNCTION quiz.require_own_sessions();

DROP POLICY put ON quiz.event;
CREATE POLICY put ON quiz.event FOR INSERT TO quiz_pupil, quiz_teacher
    WITH CHECK (owner = CURRENT_USER::text AND 'quiz_' || learner = CURRENT_USER::text);
