import { isList, isObject, textAt } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { SlackError } from '../slack-error.ts'
import { structured, writableChannel } from './method.ts'
import type { Method, WebApiContext } from './method.ts'

const previewCharacters = 600

const getUploadUrl: Method = (args, context) => {
  const name = textAt(args, 'filename')
  const length = Number(textAt(args, 'length'))
  if (!name || !(length > 0)) throw new SlackError('invalid_arguments')
  const id = context.ids.next('F0')
  context.uploads.set(id, { name, length, bytes: null })
  return { upload_url: `${context.origin()}/upload/${id}`, file_id: id }
}

/** Shows the files as one message of the bot. As in Slack, the answer does not say which message that became. */
const completeUpload: Method = (args, context) => {
  const place = placeOf(args, context)
  const asked = structured(args, 'files')
  const files = (isList(asked) ? asked : []).filter(isObject).map((file) => keep(file, context))
  if (files.length === 0) throw new SlackError('invalid_arguments')
  if (place) {
    const text = textAt(args, 'initial_comment')
    context.workspace.post({ ...place, user: context.workspace.bot.id, text, files })
  }
  return { files: files.map((file) => ({ id: textAt(file, 'id'), title: textAt(file, 'title') })) }
}

/** Null: the files stay private. A reply names the root of its thread, as with chat.postMessage. */
function placeOf(args: JsonObject, context: WebApiContext): { channel: string; threadTs?: string } | null {
  if (!textAt(args, 'channel_id')) return null
  const channel = writableChannel({ channel: textAt(args, 'channel_id') }, context)
  const threadTs = textAt(args, 'thread_ts')
  if (!threadTs) return { channel: channel.id }
  const root = context.workspace.message(channel.id, threadTs)
  if (!root || root.ephemeralTo || (root.threadTs && root.threadTs !== root.ts))
    throw new SlackError('thread_not_found')
  return { channel: channel.id, threadTs }
}

function keep(file: JsonObject, { uploads, workspace }: WebApiContext): JsonObject {
  const id = textAt(file, 'id')
  const upload = uploads.get(id)
  // One upload becomes one file: a second completion knows nothing of it.
  if (!upload?.bytes) throw new SlackError('file_not_found')
  uploads.delete(id)
  const title = textAt(file, 'title') || upload.name
  workspace.keepFile(id, { name: upload.name, title, bytes: upload.bytes })
  const preview = upload.bytes.toString('utf8').slice(0, previewCharacters)
  return { id, name: upload.name, title, size: upload.bytes.length, preview }
}

export const fileMethods: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
}
