import { describe, expect, it } from 'vitest'
import { readLine } from '../../commands/read-line.ts'

describe('reading a typed line', () => {
  it.each([
    ['  diagnose   web-1  ', ['diagnose', 'web-1']],
    ['diagnose <http://shop.example.com|shop.example.com>', ['diagnose', 'http://shop.example.com']],
    ['diagnose <https://shop.example.com/cart?a=1&amp;b=2>', ['diagnose', 'https://shop.example.com/cart?a=1&b=2']],
    ['diagnose \u201Cweb-1\u201D', ['diagnose', 'web-1']],
    ['diagnose `web-1`', ['diagnose', 'web-1']],
    ['diagnose web\u20111, please', ['diagnose', 'web-1', 'please']],
    ['diagnose\u00A0web-1', ['diagnose', 'web-1']],
    ['diagnose web\u200B-1\u202E', ['diagnose', 'web-1']],
    ['diagnose &lt;web-1&gt;', ['diagnose', '<web-1>']],
    ['Diagnose Web-1', ['Diagnose', 'Web-1']],
    ['', []],
  ])('reads %j as the words %j', (typed, words) => {
    expect(readLine(typed)).toEqual(words)
  })

  it.each([
    ['<@UBOT> diagnose web-1', ['diagnose', 'web-1']],
    ['<@UBOT|gatemedic>: diagnose web-1', ['diagnose', 'web-1']],
    ['hey <@UBOT> diagnose web-1', ['diagnose', 'web-1']],
    ['diagnose <@U123|dana>', ['diagnose', '<@U123|dana>']],
  ])('takes what follows the mention of the bot in %j', (typed, words) => {
    expect(readLine(typed, 'UBOT')).toEqual(words)
  })
})
