systemctl start "$SECOND_UNIT"
wait_until 10 accepts "$SECOND_ADDRESS"
