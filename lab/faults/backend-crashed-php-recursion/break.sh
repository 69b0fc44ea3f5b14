# A category of the shop is its own parent since the last import: the script that walks the tree calls itself until the stack ends and its child dies (SIGSEGV).
visitors
keep "$SHOP_DIR/index.php"
cat >"$SHOP_DIR/tree.php" <<'PHP'
<?php
function path_of($category) { return array_map('path_of', [$category]); }
if (str_ends_with(strtok($_SERVER['REQUEST_URI'], '?'), 'cart')) path_of(7);
PHP
sed -i '1s|^<?php|<?php require __DIR__ . "/tree.php";|' "$SHOP_DIR/index.php"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 20 0.3
