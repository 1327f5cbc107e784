-- Everything here belongs to quiz_owner. Pupils and teachers log in as roles of their own, which hold no more
-- than the grants at the end; what they see of a table is decided by its policies. Names of roles are collated
-- as current_user is, so that comparing them finds an index.

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE TABLE quiz.school (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    id text NOT NULL,
    door text NOT NULL,                      -- the login that joins, and its password: the first part of every code
    restored integer NOT NULL DEFAULT 0,     -- when, in seconds; devices that know another send everything again
    batch_offset bigint NOT NULL DEFAULT 0   -- what makes the numbers of batches grow across a restore
);

CREATE TABLE quiz.person (
    id text PRIMARY KEY CHECK (id ~ '^[0-9a-z]{12}$'),
    role text COLLATE "C" GENERATED ALWAYS AS ('quiz_' || id) STORED UNIQUE,
    name text NOT NULL DEFAULT '' CHECK (length(name) <= 200),
    is_teacher boolean NOT NULL DEFAULT false
);

CREATE TABLE quiz.class (
    id text PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE quiz.class_pupil (
    class text NOT NULL REFERENCES quiz.class ON DELETE CASCADE,
    pupil text NOT NULL REFERENCES quiz.person ON DELETE CASCADE,
    place integer NOT NULL,
    PRIMARY KEY (class, pupil)
);
CREATE INDEX class_of_pupil ON quiz.class_pupil (pupil);

CREATE TABLE quiz.class_teacher (
    class text NOT NULL REFERENCES quiz.class ON DELETE CASCADE,
    teacher text COLLATE "C" NOT NULL REFERENCES quiz.person (role) ON DELETE CASCADE,
    PRIMARY KEY (teacher, class)
);

CREATE TABLE quiz.invitation (
    hash bytea PRIMARY KEY,                  -- the SHA-256 of a code: the code itself is nowhere
    person text NOT NULL REFERENCES quiz.person ON DELETE CASCADE,
    expires timestamptz NOT NULL
);

-- Sessions and events, with the columns and checksums of the record on a learner's machine. Ids are UUIDv7, so
-- that a range of ids is a range of time. A batch is the number of the transaction that brought a row.
CREATE TABLE quiz.session (
    id uuid PRIMARY KEY,
    owner text COLLATE "C" NOT NULL REFERENCES quiz.person (role),
    learner text NOT NULL,
    device text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('study', 'test', 'drill')),
    seed text NOT NULL,
    started bigint NOT NULL CHECK (started BETWEEN 0 AND 221845392000000),
    zone text NOT NULL,
    banks text NOT NULL,
    settings text NOT NULL,
    crc bigint NOT NULL,
    items text NOT NULL,
    batch bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint)
) PARTITION BY RANGE (id);
CREATE INDEX session_of_owner ON quiz.session (owner, id);

CREATE TABLE quiz.event (
    session uuid NOT NULL,
    n bigint NOT NULL CHECK (n BETWEEN 1 AND 9007199254740992),
    owner text COLLATE "C" NOT NULL,         -- the role whose session it is
    kind text NOT NULL CHECK (length(kind) <= 20),
    learner text NOT NULL,
    bank text NOT NULL,
    item text NOT NULL,
    fingerprint text NOT NULL,
    at bigint NOT NULL CHECK (at BETWEEN 0 AND 221845392000000),
    duration_ms bigint CHECK (duration_ms >= 0),
    response text CHECK (octet_length(response) <= 1000000),
    score double precision CHECK (score BETWEEN 0 AND 1),
    verdict text CHECK (verdict IN ('correct', 'partial', 'incorrect', 'skipped')),
    confidence text CHECK (length(confidence) <= 20),
    target bigint,
    body text CHECK (octet_length(body) <= 1000000),
    crc bigint NOT NULL,
    also bigint[],                           -- of an undo: the other events that it takes back
    batch bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    PRIMARY KEY (session, n)
) PARTITION BY RANGE (session);
CREATE INDEX event_of_owner ON quiz.event (owner, batch);

CREATE TABLE quiz.session_other PARTITION OF quiz.session DEFAULT;
CREATE TABLE quiz.event_other PARTITION OF quiz.event DEFAULT;

CREATE FUNCTION quiz.first_id(day date) RETURNS uuid
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (lpad(to_hex((extract(epoch FROM day) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- Makes the partitions of the months from one day to another, and returns how many were new. A month of which
-- rows arrived before its partition was made keeps them among the others.
CREATE FUNCTION quiz.add_months(first date, last date) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    month date;
    parent text;
    made integer := 0;
BEGIN
    FOR month IN SELECT generate_series(date_trunc('month', first), last, interval '1 month')::date LOOP
        FOREACH parent IN ARRAY ARRAY['session', 'event'] LOOP
            CONTINUE WHEN to_regclass('quiz.' || parent || to_char(month, '_YYYY_MM')) IS NOT NULL;
            BEGIN
                EXECUTE format(
                    'CREATE TABLE quiz.%I PARTITION OF quiz.%I FOR VALUES FROM (%L) TO (%L)',
                    parent || to_char(month, '_YYYY_MM'), parent,
                    quiz.first_id(month), quiz.first_id((month + interval '1 month')::date)
                );
                made := made + 1;
            EXCEPTION WHEN check_violation THEN NULL;
            END;
        END LOOP;
    END LOOP;
    RETURN made;
END $$;

-- Gives the person whom a code invites a login role with a password, of which only the verifier is known here.
-- A code works once. For somebody who has joined before, the password is replaced.
CREATE FUNCTION quiz.join(code text, verifier text) RETURNS TABLE (role text, learner text, name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    invited text;
    who quiz.person;
BEGIN
    IF verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
        RAISE EXCEPTION 'This is no verifier of a password.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM quiz.invitation i
    WHERE i.hash = sha256(convert_to(code, 'UTF8')) AND i.expires > now()
    RETURNING i.person INTO invited;
    IF invited IS NULL THEN
        RAISE EXCEPTION 'This code is unknown, used or too old.' USING ERRCODE = 'no_data_found';
    END IF;
    SELECT p.* INTO STRICT who FROM quiz.person p WHERE p.id = invited;
    IF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = who.role) THEN
        EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', who.role, verifier);
    ELSE
        EXECUTE format(
            'CREATE ROLE %I LOGIN CONNECTION LIMIT 10 PASSWORD %L IN ROLE %I', who.role, verifier,
            CASE WHEN who.is_teacher THEN 'quiz_teacher' ELSE 'quiz_pupil' END
        );
        -- A device whose network drops everything must not keep a transaction open: it would hold all fetching back.
        EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''1min''', who.role);
        EXECUTE format('ALTER ROLE %I SET idle_session_timeout = ''5min''', who.role);
    END IF;
    RETURN QUERY SELECT who.role, who.id, who.name;
END $$;

-- Policies compare current_user, which only a superuser can set, and never a setting, which anybody can.

ALTER TABLE quiz.school ENABLE ROW LEVEL SECURITY;
ALTER TABLE quiz.person ENABLE ROW LEVEL SECURITY;
ALTER TABLE quiz.class ENABLE ROW LEVEL SECURITY;
ALTER TABLE quiz.class_pupil ENABLE ROW LEVEL SECURITY;
ALTER TABLE quiz.class_teacher ENABLE ROW LEVEL SECURITY;
ALTER TABLE quiz.invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE quiz.session ENABLE ROW LEVEL SECURITY;
ALTER TABLE quiz.event ENABLE ROW LEVEL SECURITY;

CREATE POLICY everybody ON quiz.school FOR SELECT TO quiz_pupil, quiz_teacher USING (true);

CREATE POLICY own ON quiz.person FOR SELECT TO quiz_pupil, quiz_teacher USING (role = CURRENT_USER::text);
CREATE POLICY own ON quiz.session FOR SELECT TO quiz_pupil, quiz_teacher USING (owner = CURRENT_USER::text);
CREATE POLICY own ON quiz.event FOR SELECT TO quiz_pupil, quiz_teacher USING (owner = CURRENT_USER::text);
CREATE POLICY put ON quiz.session FOR INSERT TO quiz_pupil, quiz_teacher
    WITH CHECK (owner = CURRENT_USER::text AND 'quiz_' || learner = CURRENT_USER::text);
CREATE POLICY put ON quiz.event FOR INSERT TO quiz_pupil, quiz_teacher
    WITH CHECK (
        owner = CURRENT_USER::text AND 'quiz_' || learner = CURRENT_USER::text
        AND EXISTS (SELECT FROM quiz.session s WHERE s.id = session AND s.owner = CURRENT_USER::text)
    );

CREATE POLICY own ON quiz.class_teacher FOR SELECT TO quiz_teacher USING (teacher = CURRENT_USER::text);
CREATE POLICY taught ON quiz.class FOR SELECT TO quiz_teacher
    USING (id IN (SELECT t.class FROM quiz.class_teacher t));
CREATE POLICY taught ON quiz.class_pupil FOR SELECT TO quiz_teacher
    USING (class IN (SELECT t.class FROM quiz.class_teacher t));
CREATE POLICY taught ON quiz.person FOR SELECT TO quiz_teacher
    USING (id IN (SELECT c.pupil FROM quiz.class_pupil c));
CREATE POLICY taught ON quiz.session FOR SELECT TO quiz_teacher
    USING (owner IN (SELECT 'quiz_' || c.pupil FROM quiz.class_pupil c));
CREATE POLICY taught ON quiz.event FOR SELECT TO quiz_teacher
    USING (owner IN (SELECT 'quiz_' || c.pupil FROM quiz.class_pupil c));

GRANT USAGE ON SCHEMA quiz TO quiz_pupil, quiz_teacher, quiz_join;
GRANT EXECUTE ON FUNCTION quiz.join TO quiz_join;
GRANT SELECT (id, restored, batch_offset) ON quiz.school TO quiz_pupil, quiz_teacher;
GRANT SELECT ON quiz.person, quiz.session, quiz.event TO quiz_pupil, quiz_teacher;
GRANT INSERT (
    id, owner, learner, device, mode, seed, started, zone, banks, settings, crc, items
) ON quiz.session TO quiz_pupil, quiz_teacher;
GRANT INSERT (
    session, n, owner, kind, learner, bank, item, fingerprint, at, duration_ms, response, score, verdict,
    confidence, target, body, crc, also
) ON quiz.event TO quiz_pupil, quiz_teacher;
GRANT SELECT ON quiz.class, quiz.class_pupil, quiz.class_teacher TO quiz_teacher;
