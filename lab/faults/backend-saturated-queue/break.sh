# Two children and a queue of four: the fifth that waits is refused at once (11).
visitors
printf '<?php sleep(2); echo "late\\n";\n' >"$BLOG_DIR/report.php"
blog_pool 's/^pm.max_children = .*/pm.max_children = 2/' 's/^pm.max_spare_servers = .*/pm.max_spare_servers = 2/' 's/^pm.start_servers = .*/pm.start_servers = 2/' "s|^listen = .*|&\nlisten.backlog = 4|"
requests "$BLOG_SITE" /report.php 40 0.1
