import type { MessagePart } from './slack-message.ts'

const resolvedBegins = /^\W{0,4}(?:alerts? )?resolved\W{0,4}$/i
const firingBegins = /^\W{0,4}(?:alerts? )?firing\W{0,4}$/i
// Lines of the default messages that lead to the sender's own pages.
const leads = /^\W{0,4}(?:source|silence|dashboard|panel|runbook(?:_url)?|generator ?url|view|graph|logs)\W{0,4}[:=]/i

/** The lines that say what fires now: without the section of what is resolved (Grafana puts both into one message) and without the links behind it. */
export function linesSaidNow(parts: readonly MessagePart[], isResolved: boolean): readonly string[] {
  let over = false
  return parts
    .flatMap(({ name, text }) => (name === null ? text.split('\n') : [`${name}: ${text.replaceAll('\n', ' ')}`]))
    .filter((line) => {
      if (resolvedBegins.test(line)) over = true
      if (firingBegins.test(line)) over = false
      return (isResolved || !over) && !leads.test(line)
    })
}
