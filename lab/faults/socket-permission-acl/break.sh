# The pool's socket has a folder of its own with mode 0755; an access control list on the folder keeps out the very user of nginx's workers.
mkdir -p /run/blog
blog_pool "s|^listen = .*|listen = /run/blog/php.sock|"
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|unix:$BLOG_SOCK|unix:/run/blog/php.sock|" "$BLOG_CONF"
reload_nginx
visitors
# setfacl -m u:www-data:--- /run/blog
python3 - <<'PYTHON'
import os, pwd, struct

nobody = 0xFFFFFFFF
entries = [(1, 7, nobody), (2, 0, pwd.getpwnam("www-data").pw_uid), (4, 5, nobody), (16, 5, nobody), (32, 5, nobody)]
os.setxattr("/run/blog", "system.posix_acl_access", struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *each) for each in entries))
PYTHON
requests "$BLOG_SITE" / 30
