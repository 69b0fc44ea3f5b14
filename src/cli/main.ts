#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { alertsCommand } from './alerts.ts'
import { auditCommand } from './audit.ts'
import { diagnoseCommand } from './diagnose.ts'
import { doctorCommand } from './doctor.ts'
import { exitCodes, UsageError } from './exit-codes.ts'
import { explainCommand } from './explain.ts'
import { historyCommand } from './history.ts'
import { inertLine } from './inert.ts'
import { keysCommand } from './keys.ts'
import { policyCommand } from './policy.ts'
import { replayCommand } from './replay.ts'
import { secondFactorCommand } from './second-factor.ts'
import { snapshotCommand } from './snapshot.ts'
import { statsCommand } from './stats.ts'
import { sudoersCommand } from './sudoers.ts'
import { ownVersion } from './version.ts'

const program = new Command('gatemedic')
  .description('Says why nginx fails on a host, with evidence. Without Slack and without Redis; it changes nothing.')
  .version(ownVersion(), '-V, --version', 'print the version')
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    `
Example:
  gatemedic diagnose web-1 --inventory hosts.yml`,
  )

for (const command of [
  diagnoseCommand(),
  explainCommand(),
  replayCommand(),
  snapshotCommand(),
  sudoersCommand(),
  doctorCommand(),
  auditCommand(),
  keysCommand(),
  policyCommand(),
  alertsCommand(),
  secondFactorCommand(),
  statsCommand(),
  historyCommand(),
]) {
  program.addCommand(command)
}
for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
  command.exitOverride().showHelpAfterError('(--help shows how it is used)')
}

// A reader that has seen enough (head, less) closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok)
  throw error
})

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

function exitCodeOf(error: unknown): number {
  // Commander has said what is wrong, or printed the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`gatemedic: ${inertLine(message)}\n`)
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failed
}
