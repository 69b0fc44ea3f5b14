import { describe, expect, it } from 'vitest'

import { checkMessageBlocks } from '../../../demo/slack/check-blocks.ts'
import type { Json, JsonObject } from '../../../demo/slack/json.ts'
import { evidenceBlocks, progressBlocks, verdictBlocks } from './example-messages.ts'

function plain(length: number): Json {
  return { type: 'plain_text', text: 'x'.repeat(length) }
}
function button(fields: JsonObject = {}): Json {
  return { type: 'button', action_id: 'a', text: plain(5), ...fields }
}
function actions(...elements: readonly Json[]): Json {
  return { type: 'actions', elements }
}
function confirm(title: number, text: number, yes: number): Json {
  return { title: plain(title), text: plain(text), confirm: plain(yes), deny: plain(yes) }
}
function table(rows: number, columns: number): Json {
  const cell = { type: 'raw_text', text: 'x' }
  return { type: 'table', rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => cell)) }
}
function times(count: number, make: (index: number) => Json): readonly Json[] {
  return Array.from({ length: count }, (_none, index) => make(index))
}

interface Limit {
  readonly what: string
  readonly fits: readonly Json[]
  readonly tooBig: readonly Json[]
  readonly pointer: string
}

const limits: readonly Limit[] = [
  {
    what: 'a header of 150 characters',
    fits: [{ type: 'header', text: plain(150) }],
    tooBig: [{ type: 'header', text: plain(151) }],
    pointer: '/blocks/0/text/text',
  },
  {
    what: 'a section of 3000 characters',
    fits: [{ type: 'section', text: plain(3000) }],
    tooBig: [{ type: 'section', text: plain(3001) }],
    pointer: '/blocks/0/text/text',
  },
  {
    what: 'ten fields in a section',
    fits: [{ type: 'section', fields: times(10, () => plain(1)) }],
    tooBig: [{ type: 'section', fields: times(11, () => plain(1)) }],
    pointer: '/blocks/0/fields',
  },
  {
    what: 'a field of 2000 characters',
    fits: [{ type: 'section', fields: [plain(2000)] }],
    tooBig: [{ type: 'section', fields: [plain(2001)] }],
    pointer: '/blocks/0/fields/0/text',
  },
  {
    what: 'a button text of 75 characters',
    fits: [actions(button({ text: plain(75) }))],
    tooBig: [actions(button({ text: plain(76) }))],
    pointer: '/blocks/0/elements/0/text/text',
  },
  {
    what: 'a button value of 2000 characters',
    fits: [actions(button({ value: 'x'.repeat(2000) }))],
    tooBig: [actions(button({ value: 'x'.repeat(2001) }))],
    pointer: '/blocks/0/elements/0/value',
  },
  {
    what: 'a confirm title of 100 characters',
    fits: [actions(button({ confirm: confirm(100, 300, 30) }))],
    tooBig: [actions(button({ confirm: confirm(101, 300, 30) }))],
    pointer: '/blocks/0/elements/0/confirm/title/text',
  },
  {
    what: 'a confirm text of 300 characters',
    fits: [actions(button({ confirm: confirm(1, 300, 30) }))],
    tooBig: [actions(button({ confirm: confirm(1, 301, 30) }))],
    pointer: '/blocks/0/elements/0/confirm/text/text',
  },
  {
    what: 'a confirm button of 30 characters',
    fits: [actions(button({ confirm: confirm(1, 1, 30) }))],
    tooBig: [actions(button({ confirm: confirm(1, 1, 31) }))],
    pointer: '/blocks/0/elements/0/confirm/confirm/text',
  },
  {
    what: '25 elements of actions',
    fits: [actions(...times(25, (index) => button({ action_id: `a${index}` })))],
    tooBig: [actions(...times(26, (index) => button({ action_id: `a${index}` })))],
    pointer: '/blocks/0/elements',
  },
  {
    what: '50 blocks',
    fits: times(50, () => ({ type: 'divider' })),
    tooBig: times(51, () => ({ type: 'divider' })),
    pointer: '/blocks',
  },
  {
    what: 'ten elements of context',
    fits: [{ type: 'context', elements: times(10, () => plain(1)) }],
    tooBig: [{ type: 'context', elements: times(11, () => plain(1)) }],
    pointer: '/blocks/0/elements',
  },
  { what: '100 table rows', fits: [table(100, 2)], tooBig: [table(101, 2)], pointer: '/blocks/0/rows' },
  { what: '20 table columns', fits: [table(2, 20)], tooBig: [table(1, 21)], pointer: '/blocks/0/rows/0' },
  { what: 'one table', fits: [table(1, 1)], tooBig: [table(1, 1), table(1, 1)], pointer: '/blocks' },
  {
    what: '255 characters of block_id',
    fits: [{ type: 'divider', block_id: 'x'.repeat(255) }],
    tooBig: [{ type: 'divider', block_id: 'x'.repeat(256) }],
    pointer: '/blocks/0/block_id',
  },
]

describe('the limits of blocks', () => {
  it.each(limits)('take $what', ({ fits }) => {
    expect(checkMessageBlocks(fits)).toEqual([])
  })

  it.each(limits)('refuse more than $what and point at it', ({ tooBig, pointer }) => {
    expect(checkMessageBlocks(tooBig).map((error) => error.pointer)).toContain(pointer)
  })

  it.each([
    ['a progress message', progressBlocks],
    ['a verdict with buttons', verdictBlocks],
    ['evidence with a table', evidenceBlocks],
  ])('take %s as a bot posts it', (_name, blocks) => {
    expect(checkMessageBlocks(blocks)).toEqual([])
  })

  it('refuse a block_id used twice', () => {
    const errors = checkMessageBlocks([
      { type: 'divider', block_id: 'same' },
      { type: 'divider', block_id: 'same' },
    ])

    expect(errors).toMatchObject([{ pointer: '/blocks/1/block_id', code: 'duplicate' }])
  })

  it('refuse an empty text, an unknown block, an alert in a message and mrkdwn in a button', () => {
    const errors = checkMessageBlocks([
      { type: 'section', text: { type: 'mrkdwn', text: '' } },
      { type: 'no_such_block' },
      { type: 'alert', text: plain(1) },
      actions(button({ text: { type: 'mrkdwn', text: 'x' } })),
    ])

    expect(errors.map((error) => error.pointer)).toEqual([
      '/blocks/0/text/text',
      '/blocks/1/type',
      '/blocks/2/type',
      '/blocks/3/elements/0/text',
    ])
  })

  it('refuse a mention inside preformatted text and a nested list', () => {
    const preformatted = { type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }
    const nested = {
      type: 'rich_text_list',
      style: 'bullet',
      elements: [{ type: 'rich_text_list', style: 'bullet', elements: [] }],
    }

    const errors = checkMessageBlocks([{ type: 'rich_text', elements: [preformatted, nested] }])

    expect(errors.map((error) => error.pointer)).toEqual([
      '/blocks/0/elements/0/elements/0',
      '/blocks/0/elements/1/elements/0',
    ])
  })

  it('refuse texts that fit one by one and are too much together', () => {
    const errors = checkMessageBlocks(times(4, () => ({ type: 'section', text: plain(2900) })))

    expect(errors.map((error) => error.code)).toEqual(['msg_blocks_too_long'])
  })
})
