import type { Message } from './message.ts'
import { box, rich, sentence, words } from './rich.ts'
import { plainMessage } from './replies.ts'

/** Slack refuses messages of about 12,000 characters. */
const pageLength = 8000
const mostPages = 5

/** To who pressed: why there is no file, and how to get one. */
export function noFilesMessage(): Message {
  return plainMessage(
    'Slack takes no files from this app, so the record stands in the thread as messages. For a file, add the scope files:write (manifest.yml has it) and install the app again.',
  )
}

/** A record that does not go as a file: its lines as they are, nothing of them drawn. */
export function recordPages(text: string): readonly Message[] {
  const pages = pagesOf(text)
  const shown = pages.slice(0, mostPages)
  return shown.map((page, index) => {
    const title = `Incident record, part ${index + 1} of ${shown.length}`
    const cut = index === shown.length - 1 && pages.length > shown.length ? '; the rest is too long for messages' : ''
    return { text: title, blocks: [rich(sentence(words(`${title}${cut}`)), box(page, pageLength + 10))] }
  })
}

/** Cut between lines where that can be. */
function pagesOf(text: string): readonly string[] {
  const pages: string[] = []
  let page = ''
  for (const line of text.split('\n')) {
    if (page !== '' && page.length + line.length >= pageLength) {
      pages.push(page)
      page = ''
    }
    page += `${line.slice(0, pageLength - 1)}\n`
  }
  return page.trim() === '' ? pages : [...pages, page]
}
