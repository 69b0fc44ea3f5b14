# PHP itself ends a script that computes for longer than max_execution_time: the child lives on, says so in its error stream and answers 500.
visitors
keep "$BLOG_DIR/index.php"
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
for ($primes = 0, $n = 2; $n < 1e9; $n++) {
    for ($i = 2; $i * $i <= $n && $n % $i; $i++);
    if ($i * $i > $n) $primes++;
}
echo "$primes\n";
PHP
blog_pool '$a php_admin_value[max_execution_time] = 1'
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests "$BLOG_SITE" / 6 1.5
