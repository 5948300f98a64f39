"""Every route, who may do what there: typed by hand from section 8 of the product, never read from the matrix.

One line: the route, what it is about, the method, then an answer for each of the cast in the order of PEOPLE.
`in` sends to the sign-in page; 302 is a form that was saved, or a redirect. GET stands for HEAD too, asked of the
first person with each answer; ELSE for PUT, PATCH, DELETE and OPTIONS.

What a route is about: a recommendation ("25" is VCA's, "10" the SLG's, "1" the strategic leads', "19" the
commissioners', "24" shared by the SLG and four subgroups, "2" nobody's, "99" missing), a part ("18/vca"), and after
colons the kind of decision and who asked for it ("25:sign-off:vca1").
"""

PEOPLE = {
    "anon": "", "closed": "manager", "nobody": "nobody", "manager": "manager", "vca1": "vca_cochair1",
    "vca2": "vca_cochair2", "llr": "llr_cochair", "qi": "qi_cochair", "ld": "ld_cochair", "chair": "slg_chair",
    "member": "slg_member", "teacher": "slg_teacher", "lead": "strategic_lead", "comm": "commissioner",
    "lay": "lay_member", "scrut": "scrutineer", "admin": "administrator",
}  # fmt: skip

# Pages for everyone, before and after signing in; each other page needs a permission on its view.
PUBLIC = {"accessibility", "privacy", "favicon", "account_signup", "account_login", "account_logout",
          "account_inactive", "account_reset_password", "account_reset_password_done",
          "account_reset_password_from_key", "account_reset_password_from_key_done"}  # fmt: skip
# For anyone signed in, with or without a post: one's own password.
OWN_ACCOUNT = {"account_change_password"}

READING = """
route                  about      how  ano cls nob mgr vc1 vc2 llr qi  ld  chr mbr tch led com lay scr adm
home                   -          GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
home                   -          POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
home                   -          ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
recommendations        -          GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
recommendations        -          POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
recommendations        -          ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
recommendations_export csv        GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
recommendations_export csv        POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
recommendations_export csv        ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
recommendations_export docx       GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
recommendations_export exe        GET  in  in  403 404 404 404 404 404 404 404 404 404 404 404 404 404 404
reports                -          GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
reports                -          POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
reports                -          ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
reviews                -          GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
reviews                -          POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
reviews                -          ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
bodies                 -          GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
bodies                 -          POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
bodies                 -          ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
body                   vca        GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
body                   vca        POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
body                   vca        ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
body                   missing    GET  in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
report                 isr-2021   GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
report                 isr-2021   POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
report                 isr-2021   ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
report                 missing    GET  in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
recommendation         25         GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
recommendation         25         POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
recommendation         25         ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
recommendation         10         GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
recommendation         99         GET  in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
recommendation_history 25         GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
recommendation_history 25         POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
recommendation_history 25         ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
recommendation_history 99         GET  in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
"""
OWNERS = """
route                  about      how  ano cls nob mgr vc1 vc2 llr qi  ld  chr mbr tch led com lay scr adm
update                 25         GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
update                 25         POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
update                 25         ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
update                 10         GET  in  in  403 200 403 403 403 403 403 200 200 200 403 403 403 403 403
update                 10         POST in  in  403 302 403 403 403 403 403 302 302 302 403 403 403 403 403
update                 1          POST in  in  403 302 403 403 403 403 403 403 403 403 302 403 403 403 403
update                 19         POST in  in  403 302 403 403 403 403 403 403 403 403 403 302 403 403 403
update                 24         POST in  in  403 302 302 302 302 302 302 302 302 302 403 403 403 403 403
update                 2          POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
update                 12         GET  in  in  403 200 403 403 403 403 403 403 403 403 403 403 403 403 403
update                 18         GET  in  in  403 200 302 302 302 302 302 403 403 403 403 403 403 403 403
update                 99         GET  in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
update                 99         POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
part_update            18/vca     GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
part_update            18/vca     POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
part_update            18/vca     ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
part_update            18/llr     POST in  in  403 302 403 403 302 403 403 403 403 403 403 403 403 403 403
part_update            28/e       POST in  in  403 302 302 302 302 302 302 403 403 403 403 403 403 403 403
part_update            28/a       POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
part_update            18/z       POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
complete               25         GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
complete               25         POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
complete               25         ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
complete               10         POST in  in  403 302 403 403 403 403 403 302 302 302 403 403 403 403 403
complete               99         POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
part_complete          18/vca     GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
part_complete          18/vca     POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
part_complete          18/vca     ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
part_complete          18/llr     POST in  in  403 302 403 403 302 403 403 403 403 403 403 403 403 403 403
part_complete          18/z       POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
evidence               25         GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
evidence               25         POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
evidence               25         ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
evidence               10         POST in  in  403 302 403 403 403 403 403 302 302 302 403 403 403 403 403
evidence               99         POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
part_evidence          18/vca     GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
part_evidence          18/vca     POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
part_evidence          18/vca     ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
part_evidence          18/z       POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
actions                25         GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
actions                25         POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
actions                25         ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
actions                19         POST in  in  403 302 403 403 403 403 403 403 403 403 403 302 403 403 403
actions                99         POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
part_actions           18/vca     GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
part_actions           18/vca     POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
part_actions           18/vca     ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
part_actions           18/z       POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
action_done            25         GET  in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
action_done            25         POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
action_done            25         ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
action_done            10         POST in  in  403 302 403 403 403 403 403 302 302 302 403 403 403 403 403
action_done            missing    POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
undo                   25:vca1    GET  in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
undo                   25:vca1    POST in  in  403 403 302 403 403 403 403 403 403 403 403 403 403 403 403
undo                   25:vca1    ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
undo                   10:manager POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
undo                   missing    POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
escalate               25         GET  in  in  403 200 200 200 403 403 403 200 200 200 200 403 403 403 403
escalate               25         POST in  in  403 302 302 302 403 403 403 302 302 302 302 403 403 403 403
escalate               25         ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
escalate               19         POST in  in  403 302 403 403 403 403 403 302 302 302 302 302 403 403 403
escalate               99         POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
part_escalate          18/vca     GET  in  in  403 200 200 200 403 403 403 200 200 200 200 403 403 403 403
part_escalate          18/vca     POST in  in  403 302 302 302 403 403 403 302 302 302 302 403 403 403 403
part_escalate          18/vca     ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
part_escalate          18/z       POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
confirm                25:vca1    GET  in  in  403 403 403 200 403 403 403 403 403 403 403 403 403 403 403
confirm                25:vca1    POST in  in  403 403 403 302 403 403 403 403 403 403 403 403 403 403 403
confirm                25:vca1    ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
confirm                24:llr     POST in  in  403 403 302 302 403 302 302 302 302 302 403 403 403 403 403
confirm                missing    POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
"""
DECIDERS = """
route        about                     how  ano cls nob mgr vc1 vc2 llr qi  ld  chr mbr tch led com lay scr adm
decide       25:sign-off:vca1          GET  in  in  403 403 403 403 403 403 403 200 200 200 200 403 403 403 403
decide       25:sign-off:vca1          POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
decide       25:sign-off:vca1          ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
decide       10:sign-off:member        GET  in  in  403 403 403 403 403 403 403 200 403 200 200 403 403 403 403
decide       10:sign-off:member        POST in  in  403 403 403 403 403 403 403 302 403 302 302 403 403 403 403
decide       10:sign-off:manager       POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
decide       1:sign-off:manager        POST in  in  403 403 403 403 403 403 403 302 302 302 403 403 403 403 403
decide       1:sign-off:lead           POST in  in  403 403 403 403 403 403 403 302 302 302 403 403 403 403 403
decide       24:sign-off:chair         POST in  in  403 403 403 403 403 403 403 403 302 302 302 403 403 403 403
decide       25:send-back:vca1         POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
decide       10:send-back:chair        POST in  in  403 403 403 403 403 403 403 403 302 302 302 403 403 403 403
decide       25:not-accept             POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
decide       25:supersede              POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
decide       25:reopen                 POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
decide       25:agree-date             POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
decide       10:agree-date:chair       POST in  in  403 403 403 403 403 403 403 403 302 302 302 403 403 403 403
decide       2:agree-owner             POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
decide       2:set-priority            POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
decide       25:nonsense               GET  in  in  403 403 403 403 403 403 403 404 404 404 404 403 403 403 403
decide       99:not-accept             POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
part_decide  18/vca:sign-off:vca1      GET  in  in  403 403 403 403 403 403 403 200 200 200 200 403 403 403 403
part_decide  18/vca:sign-off:vca1      POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
part_decide  18/vca:sign-off:vca1      ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
part_decide  12/a:agree-date           POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
part_decide  12/z:not-accept           POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
addendum     25                        GET  in  in  403 403 403 403 403 403 403 200 200 200 200 403 403 403 403
addendum     25                        POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
addendum     25                        ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
addendum     missing                   POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
decide       25:answer:vca1            GET  in  in  403 403 403 403 403 403 403 200 200 200 200 403 403 403 403
decide       25:answer:vca1            POST in  in  403 403 403 403 403 403 403 302 302 302 302 403 403 403 403
decide       10:answer:member          POST in  in  403 403 403 403 403 403 403 302 403 302 302 403 403 403 403
"""
REVIEWS = """
route                 about                    how  ano cls nob mgr vc1 vc2 llr qi  ld  chr mbr tch led com lay scr adm
now_list              -                        GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
now_list              -                        POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
now_list              -                        ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review                collecting               GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
review                collecting               POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review                collecting               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review                frozen                   GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
review                missing                  GET  in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
review_list           collecting               GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
review_list           collecting               POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_list           collecting               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_list           missing                  GET  in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
review_decisions      meeting                  GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
review_decisions      meeting                  POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_decisions      meeting                  ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_decisions      frozen                   GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
review_recommendation collecting:25            GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
review_recommendation collecting:25            POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_recommendation collecting:25            ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_recommendation frozen:25                GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
review_recommendation collecting:99            GET  in  in  403 404 404 404 404 404 404 404 404 404 404 404 404 404 404
pack                  collecting               GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
pack                  collecting               POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
pack                  collecting               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
pack_file             collecting               GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
pack_file             collecting               POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
pack_file             collecting               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
pack_file             frozen                   GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
minutes_file          meeting                  GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
minutes_file          meeting                  POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
minutes_file          meeting                  ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
minutes_file          frozen                   GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
meeting               meeting                  GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
meeting               meeting                  POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
meeting               meeting                  ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
meeting               collecting               GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
as_at_ask             -                        GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
as_at_ask             -                        POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
as_at_ask             -                        ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
as_at                 today                    GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
as_at                 today                    POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
as_at                 today                    ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
as_at                 nonsense                 GET  in  in  403 404 404 404 404 404 404 404 404 404 404 404 404 404 404
as_at                 tomorrow                 GET  in  in  403 404 404 404 404 404 404 404 404 404 404 404 404 404 404
as_at_list            today                    GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
as_at_list            today                    POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
as_at_list            today                    ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
as_at_recommendation  today:25                 GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
as_at_recommendation  today:25                 POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
as_at_recommendation  today:25                 ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
as_at_recommendation  today:99                 GET  in  in  403 404 404 404 404 404 404 404 404 404 404 404 404 404 404
return_sent           collecting:vca           GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
return_sent           collecting:vca           POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
return_sent           collecting:vca           ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
return_sent           sent:vca                 GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
return_sent           missing                  GET  in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
return                collecting:vca           GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
return                collecting:vca           POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
return                collecting:vca           ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
return                sent:vca                 GET  in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
return                frozen:vca               GET  in  in  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
return                collecting:slg           GET  in  in  403 200 403 403 403 403 403 200 200 200 403 403 403 403 403
return                missing                  POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
return_check          collecting:vca           GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
return_check          collecting:vca           POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
return_check          collecting:vca           ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
return_check          sent:vca                 GET  in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
return_check          frozen:vca               GET  in  in  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
return_check          collecting:slg           GET  in  in  403 200 403 403 403 403 403 200 200 200 403 403 403 403 403
return_check          missing                  POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
return_workbook       collecting:vca           GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
return_workbook       collecting:vca           POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
return_workbook       collecting:vca           ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
return_workbook       sent:vca                 GET  in  in  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
return_workbook       collecting:slg           GET  in  in  403 200 403 403 403 403 403 200 200 200 403 403 403 403 403
return_workbook       missing                  GET  in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
return_upload         collecting:vca           GET  in  in  403 200 200 200 403 403 403 403 403 403 403 403 403 403 403
return_upload         collecting:vca           POST in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
return_upload         collecting:vca           ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
return_upload         sent:vca                 GET  in  in  403 302 302 302 403 403 403 403 403 403 403 403 403 403 403
return_upload         frozen:vca               GET  in  in  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
return_upload         collecting:slg           GET  in  in  403 200 403 403 403 403 403 200 200 200 403 403 403 403 403
return_upload         missing                  POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
review_new            -                        GET  in  in  403 200 403 403 403 403 403 403 403 403 403 403 403 403 403
review_new            -                        POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
review_new            -                        ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_change         collecting               GET  in  in  403 200 403 403 403 403 403 403 403 403 403 403 403 403 403
review_change         collecting               POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
review_change         collecting               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_learning       collecting               GET  in  in  403 200 403 403 403 403 403 403 403 403 403 403 403 403 403
review_learning       collecting               POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
review_learning       collecting               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_attendance     meeting                  GET  in  in  403 200 403 403 403 403 403 403 403 403 403 403 403 403 403
review_attendance     meeting                  POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
review_attendance     meeting                  ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_finish         meeting                  GET  in  in  403 200 403 403 403 403 403 403 403 403 403 403 403 403 403
review_finish         meeting                  POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
review_finish         meeting                  ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_change         frozen                   POST in  in  403 409 403 403 403 403 403 403 403 403 403 403 403 403 403
review_learning       frozen                   POST in  in  403 409 403 403 403 403 403 403 403 403 403 403 403 403 403
review_attendance     frozen                   POST in  in  403 409 403 403 403 403 403 403 403 403 403 403 403 403 403
review_finish         frozen                   POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
review_ask            scheduled                GET  in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_ask            scheduled                POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
review_ask            scheduled                ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_ask            missing                  POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
review_start          collecting               GET  in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_start          collecting               POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
review_start          collecting               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_start          missing                  POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
review_learning_off   collecting               GET  in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_learning_off   collecting               POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
review_learning_off   collecting               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_learning_off   missing                  POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
meeting_item          meeting:25               GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
meeting_item          meeting:25               POST in  in  403 302 403 403 403 403 403 302 302 302 302 403 403 403 403
meeting_item          meeting:25               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
meeting_item          meeting:25:sign_off:vca1 POST in  in  403 302 403 403 403 403 403 302 302 302 302 403 403 403 403
meeting_item          collecting:25            POST in  in  403 403 403 403 403 403 403 409 409 409 409 403 403 403 403
meeting_item          frozen:25                POST in  in  403 403 403 403 403 403 403 409 409 409 409 403 403 403 403
meeting_item          meeting:99               GET  in  in  403 404 404 404 404 404 404 404 404 404 404 404 404 404 404
review_calendar       collecting               GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
review_calendar       collecting               POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_calendar       collecting               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_remind         collecting               GET  in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
review_remind         collecting               POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
review_remind         collecting               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
"""
MANAGEMENT = """
route            about            how  ano cls nob mgr vc1 vc2 llr qi  ld  chr mbr tch led com lay scr adm
reading          25               GET  in  in  403 200 403 403 403 403 403 403 403 403 403 403 403 403 403
reading          25               POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 403
reading          25               ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
reading          99               POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
kept             -                GET  in  in  403 200 200 200 200 200 200 200 200 200 200 200 200 200 200
kept             -                POST in  in  403 302 302 302 302 302 302 302 302 302 302 302 302 302 302
kept             -                ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
people           -                GET  in  in  403 200 403 403 403 403 403 403 403 403 403 403 403 403 200
people           -                POST in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
people           -                ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
invite           lay-member-2     GET  in  in  403 200 403 403 403 403 403 403 403 403 403 403 403 403 200
invite           lay-member-2     POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 302
invite           lay-member-2     ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
invite           slg-chair:self   POST in  in  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
end_appointment  lay              GET  in  in  403 200 403 403 403 403 403 403 403 403 403 403 403 403 200
end_appointment  lay              POST in  in  403 302 403 403 403 403 403 403 403 403 403 403 403 403 302
end_appointment  lay              ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
end_appointment  manager          POST in  in  403 403 403 403 403 403 403 403 403 403 403 403 403 403 302
end_appointment  admin            POST in  in  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
end_appointment  missing          POST in  in  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
"""
ACCOUNTS = """
route                                about how  ano cls nob mgr vc1 vc2 llr qi  ld  chr mbr tch led com lay scr adm
accessibility                        -     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
accessibility                        -     POST 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
accessibility                        -     ELSE 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
privacy                              -     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
privacy                              -     POST 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
privacy                              -     ELSE 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
favicon                              -     GET  302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
favicon                              -     POST 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
favicon                              -     ELSE 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_signup                       -     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_signup                       -     POST 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_signup                       -     ELSE 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_login                        -     GET  200 200 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account_login                        -     POST 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account_login                        -     ELSE 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_logout                       -     GET  302 302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_logout                       -     POST 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account_logout                       -     ELSE 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_inactive                     -     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_inactive                     -     POST 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_inactive                     -     ELSE 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_change_password              -     GET  in  in  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_change_password              -     POST in  in  302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account_change_password              -     ELSE in  in  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_reset_password               -     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_reset_password               -     POST 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account_reset_password               -     ELSE 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_reset_password_done          -     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_reset_password_done          -     POST 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_reset_password_done          -     ELSE 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_reset_password_from_key      -     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_reset_password_from_key      -     POST 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_reset_password_from_key      -     ELSE 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_reset_password_from_key_done -     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_reset_password_from_key_done -     POST 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
account_reset_password_from_key_done -     ELSE 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
"""
