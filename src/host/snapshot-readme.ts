import type { RecordedCapture, Snapshot } from './snapshot.ts'

/** What a person needs who opens a snapshot folder: what it is, which file holds which answer, how to judge it again. */
export function snapshotReadme(snapshot: Snapshot, headline: string): string {
  const { host, collectedAt, timezone, recordedOn, captures } = snapshot
  return `# ${inline(host)} at ${collectedAt}

${inline(headline)}

Recorded on ${inline(recordedOn)}; local time of the host is ${timezone}. Secrets were replaced by words such as \`<redacted:token>\`
before anything was written; names, addresses and paths were not. Look through it before you hand it on.

    gatemedic replay FOLDER             # judges it again, offline, at that time
    gatemedic replay FOLDER LATER       # says what changed between two of them

\`snapshot.json\` says how each question was asked and how it ended; \`args\` are the values that were asked about. The files hold what
the host answered, as it came: 1- for what every host is asked, 2- for what the first answers called for, 3- for the host of a backend.

| file | question | it ended |
| --- | --- | --- |
${filesOf(captures, host).join('\n')}
`
}

function filesOf(captures: readonly RecordedCapture[], host: string): readonly string[] {
  return captures.map(({ capture, round, master }) => {
    const where =
      capture.host === host ? (master === undefined ? '' : ` (of master ${master})`) : ` (on ${inline(capture.host)})`
    const name = capture.stdout === '' && capture.stderr === '' ? '(no output)' : `${round}-${capture.probe}`
    return `| ${name} | \`${inline(capture.command)}\`${where} | ${endOf(capture)} |`
  })
}

function endOf({ notRun, timedOut, truncated, exitCode, ms }: RecordedCapture['capture']): string {
  if (notRun !== undefined) return `not run: ${inline(notRun)}`
  if (timedOut) return `timed out after ${ms} ms`
  return `exit ${exitCode ?? 'unknown'} after ${ms} ms${truncated ? ', cut' : ''}`
}

/** Text of a host in one line of Markdown. */
function inline(text: string): string {
  return text.replace(/[\s|`<>\p{Cc}]+/gu, ' ').trim()
}
