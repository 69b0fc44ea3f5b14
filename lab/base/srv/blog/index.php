<?php
header('Content-Type: text/plain');
echo "blog of example.com\n";
