<?php
// The same small API for PHP; APP_SETTINGS is checked by the unit, before php-fpm starts.
if ($delay = (float) getenv('APP_DELAY')) usleep((int) ($delay * 1e6));
if (getenv('APP_FAIL') === '1') throw new RuntimeException('no price list for region eu-2');
$path = strtok($_SERVER['REQUEST_URI'], '?');
http_response_code(in_array(basename($path), ['cart', 'checkout', 'healthz'], true) || str_ends_with($path, '/') ? 200 : 404);
header('Content-Type: application/json');
echo json_encode(['path' => $path]);
