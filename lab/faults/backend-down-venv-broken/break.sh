# An upgrade removed the Python of which the application's virtual environment was made; the next restart found no interpreter (203/EXEC).
venv=/opt/$SHOP_APP/venv
mkdir -p /opt/python-3.10/bin "$venv/bin"
ln -s /usr/bin/python3 /opt/python-3.10/bin/python3
ln -s /opt/python-3.10/bin/python3 "$venv/bin/python3"
{ echo "#!$venv/bin/python3"; tail -n +2 /usr/bin/gunicorn; } >"$venv/bin/gunicorn"
chmod 0755 "$venv/bin/gunicorn"
checkout_command "$(checkout_at "$SHOP_BIND" | sed "s#/usr/bin/\(gunicorn\|python3\)#$venv/bin/\1#")"
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
rm -r /opt/python-3.10
systemctl restart "$SHOP_UNIT" 2>/dev/null || true
wait_until 20 is_failed "$SHOP_UNIT"
shop_requests 30
