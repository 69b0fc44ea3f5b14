import { Command } from 'commander'
import { loadConfigFile } from '../config-file.ts'
import { enroll, remove } from '../second-factor/secret-file.ts'
import { enrollmentUri } from '../second-factor/totp.ts'
import { UsageError } from './exit-codes.ts'
import { inertLine } from './inert.ts'

interface Options {
  readonly config: string
}

export function secondFactorCommand(): Command {
  const command = new Command('second-factor')
    .description('codes that approvers give where the policy asks for a second factor')
    .addHelpText(
      'after',
      `
Run it on the bot's machine, as the user of the bot: the secrets are kept in secondFactorFile of gatemedic.yml, which only that user may read.
The secret is shown once. Give it to the person in private; who has it can give the codes. A new enrollment takes the place of the former.

Examples:
  gatemedic second-factor enroll U0123ABCD
  gatemedic second-factor remove U0123ABCD`,
    )
  command
    .command('enroll')
    .description('make a secret for a person')
    .argument('<user>', 'Slack user id')
    .option('--config <file>', 'gatemedic.yml of the bot', configFile())
    .action(enrollUser)
  command
    .command('remove')
    .description('take the secret of a person away')
    .argument('<user>', 'Slack user id')
    .option('--config <file>', 'gatemedic.yml of the bot', configFile())
    .action(removeUser)
  return command
}

async function enrollUser(user: string, { config }: Options): Promise<void> {
  const userId = userIdOf(user)
  const { secondFactorFile } = await loadConfigFile(config)
  const secret = await enroll(secondFactorFile, userId)
  print(`${userId} has a second factor now (${secondFactorFile}). For the authenticator, typed or as a QR code:`)
  print(secret)
  print(enrollmentUri(secret, userId))
}

async function removeUser(user: string, { config }: Options): Promise<void> {
  const userId = userIdOf(user)
  const { secondFactorFile } = await loadConfigFile(config)
  const was = await remove(secondFactorFile, userId)
  print(was ? `${userId} has no second factor any more` : `${userId} had no second factor`)
}

/** Names decide nothing: anyone can change theirs. */
function userIdOf(text: string): string {
  if (/^[UW][A-Z0-9]{2,}$/.test(text)) return text
  throw new UsageError(`${inertLine(text)}: a Slack user id such as U0123ABCD, from the profile of the person in Slack`)
}

function configFile(): string {
  return process.env['GATEMEDIC_CONFIG'] ?? 'gatemedic.yml'
}

function print(text: string): void {
  process.stdout.write(`${inertLine(text)}\n`)
}
