import { describe, expect, it } from 'vitest'
import { addressOf } from '../../src/symptoms/address.ts'

describe('addressOf', () => {
  // nginx 1.22.1 writes the request's path right behind that of a socket which stands in an upstream block.
  it.each([
    ['http://unix:/run/shop/shop.sock/cart', ['unix:/run/shop/shop.sock'], 'unix:/run/shop/shop.sock'],
    ['http://unix:/run/shop/web/cart', ['unix:/run/shop', 'unix:/run/shop/web'], 'unix:/run/shop/web'],
    ['http://unix:/run/shop/shop.sock/cart', [], 'unix:/run/shop/shop.sock'],
    ['fastcgi://unix:/run/php/www.sock:', [], 'unix:/run/php/www.sock'],
  ])('ends %s where the socket does', (field, known, address) => {
    expect(addressOf(field, known)).toEqual({ address })
  })
})
