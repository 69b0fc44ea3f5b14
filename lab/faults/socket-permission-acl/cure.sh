python3 -c 'import os; os.removexattr("/run/blog", "system.posix_acl_access")'
chmod 0755 /run/blog
