import { isList, isObject, textAt } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { SlackError } from '../slack-error.ts'
import { structured, writableChannel } from './method.ts'
import type { Method } from './method.ts'

const getUploadUrl: Method = (args, context) => {
  const name = textAt(args, 'filename')
  if (!name || !(Number(textAt(args, 'length')) > 0)) throw new SlackError('invalid_arguments')
  const id = context.ids.next('F0')
  context.uploads.set(id, { name, bytes: '' })
  return { upload_url: `${context.origin()}/upload/${id}`, file_id: id }
}

/** Shows the files as one message of the bot. As in Slack, the answer does not say which message that became. */
const completeUpload: Method = (args, context) => {
  const asked = structured(args, 'files')
  const files: readonly JsonObject[] = (isList(asked) ? asked : []).filter(isObject).map((file) => {
    const upload = context.uploads.get(textAt(file, 'id'))
    if (!upload) throw new SlackError('file_not_found')
    const title = textAt(file, 'title') || upload.name
    return {
      id: textAt(file, 'id'),
      name: upload.name,
      title,
      size: upload.bytes.length,
      preview: upload.bytes.slice(0, 600),
    }
  })
  if (files.length === 0) throw new SlackError('invalid_arguments')

  if (textAt(args, 'channel_id')) {
    const channel = writableChannel({ channel: textAt(args, 'channel_id') }, context)
    const threadTs = textAt(args, 'thread_ts')
    const text = textAt(args, 'initial_comment')
    const draft = { channel: channel.id, user: context.workspace.bot.id, text, files }
    context.workspace.post(threadTs ? { ...draft, threadTs } : draft)
  }
  return { files: files.map((file) => ({ id: textAt(file, 'id'), title: textAt(file, 'title') })) }
}

export const fileMethods: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
}
