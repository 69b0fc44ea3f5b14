import { explain as explainText } from '../src/nginx/explain.ts'
import { redactStrings } from '../src/redact/redact-strings.ts'
import type { Command, Reply } from './command.ts'

export type Explained = Extract<Reply, { kind: 'explained' }>

/** What a person can read in one answer; a text field of Slack takes as much (plain_text_input, docs.slack.dev "Block Kit"). */
export const explainLimits = { characters: 3000, lines: 10 } as const

/** `/nginx explain <lines>`: what lines of an error log say by themselves. No host is asked. */
export const explain: Command = {
  name: 'explain',
  usage: 'explain <lines of an error log>',
  summary: 'Say what such lines can mean. Without lines, a window opens to paste them into.',
  run: async (args, { text }) => {
    if (args.length === 0) return { kind: 'paste-lines' }
    return explainPasted((text ?? '').replace(/^\s*\S+\s/, '') || args.join(' '))
  },
}

/** The first lines of a pasted text, explained, secrets taken out. */
export function explainPasted(text: string): Explained {
  const { lines } = explainText(text.slice(0, explainLimits.characters))
  return {
    kind: 'explained',
    lines: redactStrings(lines.slice(0, explainLimits.lines)),
    linesLeft: Math.max(0, lines.length - explainLimits.lines),
    cut: text.length > explainLimits.characters,
  }
}

/** A line that was pasted without the verb; null when it does not begin as nginx begins one. */
export function explainIfPasted(text: string | undefined): Explained | null {
  if (text === undefined || !/\[(?:emerg|alert|crit|error|warn)\] /.test(text.slice(0, 300))) return null
  const explained = explainPasted(text)
  return explained.lines.some(({ level }) => level !== null) ? explained : null
}
