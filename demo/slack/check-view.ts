import { checkMessageBlocks } from './check-blocks.ts'
import { isObject, listAt, textAt } from './json.ts'
import type { JsonObject } from './json.ts'
import { SlackError } from './slack-error.ts'

/** docs.slack.dev, "Views": 100 blocks, 24 characters for title and buttons, 3000 for private_metadata. */
const mostBlocks = 100
const longestLabel = 24
const longestMetadata = 3000

/** Throws invalid_arguments with what Slack would refuse in a modal. */
export function checkModal(view: JsonObject): void {
  const wrong = [...labelsOf(view), ...sizesOf(view), ...blocksOf(view)]
  if (wrong.length > 0) throw new SlackError('invalid_arguments', { response_metadata: { messages: wrong } })
}

function labelsOf(view: JsonObject): readonly string[] {
  return ['title', 'submit', 'close'].flatMap((name) => {
    const label = view[name]
    if (label === undefined) return name === 'title' ? ['[ERROR] missing required field: title'] : []
    const text = isObject(label) ? textAt(label, 'text') : ''
    return text === '' || text.length > longestLabel
      ? [`[ERROR] must be between 1 and 24 characters [json-pointer:/view/${name}/text]`]
      : []
  })
}

function sizesOf(view: JsonObject): readonly string[] {
  const blocks = listAt(view, 'blocks')
  const hasInput = blocks.some((block) => textAt(block, 'type') === 'input')
  return [
    ...(textAt(view, 'type') === 'modal' ? [] : ['[ERROR] unsupported type [json-pointer:/view/type]']),
    ...(blocks.length > mostBlocks ? ['[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]'] : []),
    ...(hasInput && view['submit'] === undefined ? ['[ERROR] `submit` is required when an input block is there'] : []),
    ...(textAt(view, 'private_metadata').length > longestMetadata ? ['[ERROR] private_metadata is too long'] : []),
  ]
}

/** Blocks have the rules of messages; their size together is not limited there, so only single blocks are looked at. */
function blocksOf(view: JsonObject): readonly string[] {
  return listAt(view, 'blocks').flatMap((block, index) =>
    checkMessageBlocks([block]).map(({ message, pointer }) => {
      const place = pointer.replace('/blocks/0', `/view/blocks/${index}`)
      return `[ERROR] ${message} [json-pointer:${place}]`
    }),
  )
}
