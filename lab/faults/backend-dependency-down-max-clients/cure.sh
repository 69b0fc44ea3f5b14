systemctl stop stock-worker.service
rm -rf /srv/stock-worker.py /etc/systemd/system/redis-server.service.d
systemctl daemon-reload
systemctl restart redis-server.service
wait_until 10 listens_on 6379
shop_requests 1
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
