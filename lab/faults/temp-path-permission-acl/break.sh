# A security role put an access control list on /var/lib/nginx that keeps the user of the workers out; modes and owners look as always.
visitors
shop_server_directive 'client_max_body_size 20m;'
reload_nginx
# setfacl -m u:www-data:--- /var/lib/nginx
python3 - <<'PYTHON'
import os, pwd, struct

nobody = 0xFFFFFFFF
entries = [(1, 7, nobody), (2, 0, pwd.getpwnam("www-data").pw_uid), (4, 5, nobody), (16, 5, nobody), (32, 5, nobody)]
os.setxattr("/var/lib/nginx", "system.posix_acl_access", struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *each) for each in entries))
PYTHON
head -c 300000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
