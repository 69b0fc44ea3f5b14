rm -f "$SHOP_DIR/gunicorn.conf.py"
checkout_as_shipped
