# Each deployment of the blog takes semaphores with new keys and frees none: the kernel has no more of them and says "No space left on device". Every disk has room, but one of backups, which is full and nobody's.
visitors
mkdir -p /mnt/backup
mount -t tmpfs -o size=1m tmpfs /mnt/backup
head -c 2000000 /dev/zero >/mnt/backup/blog.tar 2>/dev/null || true
python3 - <<'PYTHON'
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
while libc.semget(0, 1, 0o600) != -1:
    pass
PYTHON
keep "$BLOG_DIR/index.php"
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
set_error_handler(function ($number, $message) { throw new ErrorException($message); });
$lock = sem_get(ftok(__FILE__, 'b'));
sem_acquire($lock);
echo "posts\n";
PHP
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests "$BLOG_SITE" / 25
