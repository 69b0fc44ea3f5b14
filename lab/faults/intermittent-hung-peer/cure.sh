systemctl kill --signal=CONT "$SECOND_UNIT"
wait_until 20 accepts "$SECOND_ADDRESS"
