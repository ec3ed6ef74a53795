/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every limit of the house, in one place, with its unit. Contract:
 * shared/protocol.md. A limit is inclusive: the number named is still allowed.
 */
#ifndef HAILONG_SHARED_LIMITS_H
#define HAILONG_SHARED_LIMITS_H

#define LIMIT_BODY_BYTES (1024 * 1024) /* a request's body; above: 413 */
#define LIMIT_FORM_BYTES (64 * 1024)   /* a web form's body */
/* A body of somebody whom we do not know has at most LIMIT_FORM_BYTES; but a
 * citizen's form that is too long is read so far, to be shown again. */
#define LIMIT_FORM_READ_BYTES (256 * 1024)
/* Bodies on their way in, all together: strangers', and those of the known. */
#define LIMIT_STRANGERS_BYTES   (32 * 1024 * 1024LL)
#define LIMIT_FLIGHT_BYTES      (96 * 1024 * 1024LL)
#define LIMIT_BATCH_ANSWERS     1000 /* answers in one POST */
#define LIMIT_BATCH_DOSSIERS    1000 /* dossiers in one POST */
#define LIMIT_JSON_DEPTH        16   /* nesting of JSON */
#define LIMIT_JSON_KEYS         128  /* keys of one JSON object */
#define LIMIT_REPORT_TEXT_CHARS 4000 /* of a passage of a report */
#define LIMIT_COMMENT_CHARS     2000 /* Unicode characters of a comment */
/* Words without a name, kept by default: KiB of a source in an hour, of a desk
 * in a day; bytes that each costs beside its own. */
#define LIMIT_WORDS_SOURCE 32
#define LIMIT_WORDS_DESK   1024
#define LIMIT_WORDS_ROW    100
#define LIMIT_CODE_BYTES   40  /* any catalogue code: desk, field, form */
#define LIMIT_NAME_BYTES   200 /* any catalogue name */
#define LIMIT_DEVICE_NAME  60  /* characters: what people call a device */
#define LIMIT_QUESTION_BYTES                                                   \
	600 /* the words of a form's question or reason                        \
	     */
/* A catalogue's files together; and as one text, which its page carries. */
#define LIMIT_FOLDER_BYTES (768 * 1024)
#define LIMIT_FOLDER_FILES 200 /* of them */
/* What a gzipped one may unzip to, with what is skipped in it. */
#define LIMIT_UNZIPPED_BYTES (4 * 1024 * 1024)
/* A table that is brought in: the file; an XLSX unpacked; its shared texts,
 * which are held in memory; an old XLS, which is held whole. */
#define LIMIT_UPLOAD_BYTES         (16 * 1024 * 1024) /* on a page */
#define LIMIT_TABLE_BYTES          (512LL * 1024 * 1024)
#define LIMIT_TABLE_UNZIPPED_BYTES (4LL * 1024 * 1024 * 1024)
#define LIMIT_TABLE_TEXTS_BYTES    (192 * 1024 * 1024)
#define LIMIT_TABLE_XLS_BYTES      (64 * 1024 * 1024)

#define LIMIT_CRITERIA     64 /* criteria of one form, overall included */
#define LIMIT_FORM_REASONS 60 /* reasons that one form offers */
#define LIMIT_REASONS      16 /* reasons chosen in one answer */
#define LIMIT_FLAGS        8  /* flags of one answer */
#define LIMIT_TOKEN_BYTES  64 /* a bearer, session or dossier token */
#define TOKEN_HASH         32 /* bytes of a token's hash, all that is stored of it */
#define LIMIT_ERROR_BYTES  200 /* one refused answer's sentence */

#define LIMIT_PAGE_REMARKS 20    /* comments of one page */
#define LIMIT_PAGE_THROUGH 50000 /* comments looked through for one page */
#define LIMIT_SEARCH_BYTES 400   /* words sought in comments … */
#define LIMIT_SEARCH_MS    1000  /* … for so long, for one page */

#define LIMIT_EXPLANATION 4000 /* characters of what a unit explains */

#define LIMIT_CASE_DAYS     10   /* a case is due, where nothing was agreed */
#define LIMIT_CASE_AHEAD    365  /* days a case may be put off to */
#define LIMIT_NOTE_CHARS    1000 /* Unicode characters of a note on an answer */
#define LIMIT_PAGE_CASES    20   /* cases of one page */
#define LIMIT_CASE_COUNT    500  /* of a unit; more are not counted on a page */
#define LIMIT_GROUP         100  /* doubtful answers decided at once */
#define LIMIT_BURST         20000 /* answers of an unusual burst, likewise */
#define LIMIT_PROPOSAL_STEP 250   /* … so many of them in one transaction */
#define LIMIT_PROPOSALS     500   /* that wait, on a page */
#define LIMIT_GROUP_GAP_MS  (120 * 1000LL) /* between two of them */
#define LIMIT_PAGE_DOUBTS   200            /* answers of a unit in the queue */
#define LIMIT_PAGE_GROUPS   30             /* groups of them */
#define LIMIT_PAGE_DONE     20  /* decisions shown below it, entries of paper */
#define LIMIT_PAPER_DAYS    366 /* a paper form may be so old */

#define LIMIT_AHEAD_MS (10 * 60 * 1000LL)        /* then flagged "ahead" */
#define LIMIT_LATE_MS  (35 * 24 * 3600 * 1000LL) /* then flagged "late" */

#define LIMIT_QUEUE_JOBS 4096 /* waiting for the writer; above: 503 */
/* Strangers' forms in a line of their own: so many, so many of them with each
 * commit, and each for so long; then 503 with the form. */
#define LIMIT_LINE_JOBS     4096
#define LIMIT_LINE_BATCH    256
#define LIMIT_LINE_MS       (10 * 1000LL)
#define LIMIT_OUTBOX_ROWS   100000 /* a kiosk's or gateway's unsent answers */
#define LIMIT_COURIER_BATCH 50     /* answers a courier sends at once */

#define LIMIT_SMS_SEPTETS      160  /* one part of GSM-7 */
#define LIMIT_SMS_TEXT_CHARS   2000 /* a joined incoming SMS, longer is cut */
#define LIMIT_KIOSK_BEAT_BYTES 4096 /* a kiosk's heartbeat */
#define LIMIT_HEARTBEAT_BYTES  (16 * 1024) /* of an SMS gateway */
/* A device is silent when it was not heard for so long: a kiosk tells how it
 * fares every 5 minutes, a gateway every 30 s. */
#define LIMIT_KIOSK_SILENT_MS   (15 * 60 * 1000LL)
#define LIMIT_GATEWAY_SILENT_MS (3 * 60 * 1000LL)
#define LIMIT_SMS_PARTS         255 /* parts of one long SMS (8-bit total) */

#define LIMIT_ADDRESS_BYTES 1000 /* of a page of ours, with its query */

#define LIMIT_ENROL_CODE   8 /* letters of a new kiosk's code */
#define LIMIT_ENROL_MS     (10 * 60 * 1000LL) /* its life */
#define LIMIT_ENROL_OPEN   200                /* kiosks that wait at once */
#define LIMIT_ENROL_SOURCE 20 /* new keys of a source in a code's life */

#define LIMIT_CALL_MS      (90 * 1000LL) /* a citizen served is asked for */
#define LIMIT_CALL_HELD_MS (25 * 1000LL) /* a kiosk waits for a call for */

#define LIMIT_WRECK_BYTES (64 * 1024 * 1024) /* a kiosk's damaged files */

#define LIMIT_LINK_MS     (90 * 24 * 3600 * 1000LL) /* a dossier's link lives */
#define LIMIT_ADDITION_MS (40 * 24 * 3600 * 1000LL) /* waits for its answer */

#define LIMIT_PASSWORD_MIN    10 /* characters of a staff password */
#define LIMIT_PASSWORD_MAX    200
#define LIMIT_SESSION_MS      (12 * 3600 * 1000LL) /* a staff session's life … */
#define LIMIT_SESSION_IDLE_MS (60 * 60 * 1000LL) /* … unused, by default */
#define LIMIT_SESSION_SEEN_MS (60 * 1000LL) /* uses are noted so far apart */

#define LIMIT_SESSIONS 20 /* of one person at once; the oldest end */
#define LIMIT_KNOWN_MS (30 * 24 * 3600 * 1000LL) /* a browser is known */
#define LIMIT_START_MS (14 * 24 * 3600 * 1000LL) /* a start password */

#define LIMIT_SIGN_IN_MS   (5 * 60 * 1000LL) /* from the password to the code */
#define LIMIT_CODE_TRIES   5             /* wrong codes in a row; then … */
#define LIMIT_CODE_WAIT_MS (30 * 1000LL) /* … one try in so long … */
#define LIMIT_CODE_MANY    50 /* … and after so many of them in a row … */
#define LIMIT_CODE_LONG_MS (15 * 60 * 1000LL) /* … one in so long */
#define LIMIT_CODE_BYTES_TYPED                                                 \
	60                         /* of a code or recovery code, with blanks  \
				    */
#define LIMIT_RECOVERY_CODES 10    /* made at once; each serves once */
#define LIMIT_PAGE_DEEDS     50    /* of the audit log, on a page … */
#define LIMIT_FILE_DEEDS     50000 /* … and in a CSV file; above: refused */

#endif
