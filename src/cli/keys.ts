import { resolve } from 'node:path'
import { Command } from 'commander'
import { makeKeys, rotateKeys, type Side } from '../signing/key-files.ts'
import { UsageError } from './exit-codes.ts'
import { inertLine } from './inert.ts'

export function keysCommand(): Command {
  const keys = new Command('keys')
    .description('the keys with which bot and worker sign what they tell each other')
    .addHelpText(
      'after',
      `
FOLDER/bot belongs on the bot's machine and FOLDER/worker on the worker's, each in keysDir of gatemedic.yml; neither may read the other's
private.pem. One process with ROLE=all makes its keys itself.

After "rotate worker" copy FOLDER/bot/worker.pub to the bot and restart it, then FOLDER/worker to the worker and restart that: the former key
holds until the next change. "rotate bot" is the same the other way round.

Examples:
  gatemedic keys init --dir keys
  gatemedic keys rotate worker --dir keys`,
    )
  keys
    .command('init')
    .description('make the keys of both sides; keys that are there stay')
    .option('--dir <folder>', 'where they are kept', 'keys')
    .action(init)
  keys
    .command('rotate')
    .description('make a new key for one side')
    .argument('<side>', 'bot or worker')
    .option('--dir <folder>', 'where they are kept', 'keys')
    .action(rotate)
  return keys
}

async function init({ dir }: { readonly dir: string }): Promise<void> {
  const made = await makeKeys(resolve(dir))
  print(made ? `${dir}/bot and ${dir}/worker hold new keys` : `${dir} holds the keys of both sides already`)
}

async function rotate(side: string, { dir }: { readonly dir: string }): Promise<void> {
  if (!isSide(side)) throw new UsageError(`${inertLine(side)}: bot or worker`)
  await rotateKeys(resolve(dir), side)
  print(`the ${side} has a new key; its former one holds until the next change`)
}

function isSide(text: string): text is Side {
  return text === 'bot' || text === 'worker'
}

function print(text: string): void {
  process.stdout.write(`${inertLine(text)}\n`)
}
