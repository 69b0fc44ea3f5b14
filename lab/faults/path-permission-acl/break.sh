# The pictures came with access control lists from an old file server, one of which is against www-data; modes and owners are as they should be.
visitors
mkdir -p "$WWW_DIR/pictures"
echo picture >"$WWW_DIR/pictures/gate.svg"
chmod 0755 "$WWW_DIR/pictures"
chmod 0644 "$WWW_DIR/pictures/gate.svg"
# setfacl -m u:www-data:--- gate.svg
python3 - "$WWW_DIR/pictures/gate.svg" <<'PYTHON'
import os, pwd, struct, sys

nobody = 0xFFFFFFFF
entries = [(1, 6, nobody), (2, 0, pwd.getpwnam("www-data").pw_uid), (4, 4, nobody), (16, 4, nobody), (32, 4, nobody)]
os.setxattr(sys.argv[1], "system.posix_acl_access", struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *each) for each in entries))
PYTHON
requests "$WWW_SITE" /pictures/gate.svg 30
