# The pool of the blog has rlimit_files = 32, copied from a small example; its page of the year opens every post of the year.
visitors
mkdir -p "$BLOG_DIR/posts"
for i in {1..60}; do echo "post $i" >"$BLOG_DIR/posts/$i.txt"; done
chmod -R a+rX "$BLOG_DIR/posts"
cat >"$BLOG_DIR/year.php" <<'PHP'
<?php
$posts = [];
foreach (glob(__DIR__ . "/posts/*.txt") as $file) {
    $posts[] = new SplFileObject($file);
}
foreach ($posts as $post) {
    echo $post->fgets();
}
PHP
blog_pool '$a rlimit_files = 32'
requests "$BLOG_SITE" /year.php 30
