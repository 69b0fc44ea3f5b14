# The child that serves this page kills itself with SIGSEGV, as a broken extension does.
visitors
printf '<?php usleep(200000); posix_kill(getmypid(), 11); sleep(1);\n' >"$BLOG_DIR/report.php"
requests "$BLOG_SITE" /report.php 20 0.3
