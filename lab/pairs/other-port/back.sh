checkout_moves_to "0.0.0.0:$SPARE_PORT"
