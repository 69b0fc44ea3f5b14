name_server 5353 sign-on.internal=127.0.0.1
sleep 1
