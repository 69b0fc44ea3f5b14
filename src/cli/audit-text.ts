import type { FileLine } from './audit-lines.ts'

/** One line of the record for a person: "2026-11-21T03:09:00.000Z start-unit checkout-api.service: begun, approved by U0123ABCD". */
export function auditText(line: FileLine['line']): string {
  const action = line.action ?? line.subject?.action
  const target = line.target ?? line.subject?.target
  const about = action === undefined ? '' : `${action} ${target ?? ''}: `
  return `${line.at} ${about}${said(line)}`
}

function said(line: FileLine['line']): string {
  const by = Array.isArray(line.by) ? line.by.join(', ') : line.by
  const who = by ? ` by ${by}` : ''
  switch (line.step) {
    case 'started':
      return `begun, approved${who}`
    case 'ran':
      return `${line.result ?? 'ran'}${line.exitCode === undefined || line.exitCode === null ? '' : `, exit code ${line.exitCode}`}`
    case 'ended':
      return `${line.outcome ?? ''}: ${line.detail ?? ''}`
    case 'settled':
      return `its worker was lost; ${line.outcome ?? ''}: ${line.detail ?? ''}`
    case 'watched':
      return `watched, ${line.outcome ?? ''}: ${line.detail ?? ''}`
    case 'turned-away':
      return `${line.what ?? 'something'}${who} turned away: ${line.because ?? ''}`
    default:
      return [line.step, who.trim(), line.because ?? line.detail ?? ''].filter(Boolean).join(' ')
  }
}
