import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { labAvailable } from '../lab/available.ts'
import { labHost } from '../lab/host.ts'
import { inventoryText } from '../lab/inventory-text.ts'
import { parseInventory } from '../src/host/inventory.ts'
import { readSnapshot } from '../src/host/snapshot.ts'
import { contendersOn } from './contenders.ts'
import { benchStorm } from './storm.ts'
import { judgingText, measureJudging } from './judging.ts'
import { takeTurns, timesTable } from './timing.ts'

const mostRounds = 50
const replays = 1000
const longestMs = 180_000

const bench = new Command('bench')
  .description(
    'Times of judging a snapshot, then of a diagnosis on a lab host, beside OpenSSH running the same script, in one run.',
  )
  .addOption(
    new Option('--rounds <n>', `how often each is measured, 1 to ${mostRounds}`).argParser(readRounds).default(15),
  )
  .option('--fault <id>', 'how the host is broken meanwhile', 'backend-down')
  .option('--offline', 'only the part without a host', false)
  .option('--snapshot <folder>', 'what is judged', 'test/rules/backend-down/fires-backend-down')
  .argument('[what]', '"storm": instead of all that, 10,000 alerts for 100 hosts in a minute, twice')
  .argument('[which]', 'of the two storms only "peace" or "killed"')
  .parse()
const { rounds, fault, offline, snapshot } = bench.opts<Options>()
if (bench.args[0] === 'storm') process.exit((await benchStorm(bench.args[1])) ? 0 : 1)

interface Options {
  readonly rounds: number
  readonly fault: string
  readonly offline: boolean
  readonly snapshot: string
}

const judged = measureJudging(await readSnapshot(snapshot), replays)
console.log(`${snapshot}, Node ${process.versions.node}\n${judgingText(judged)}\n`)
if (judged.hashes.length !== 1) process.exitCode = 1

const available = labAvailable()
if (offline) {
  // Asked for nothing more.
} else if (available.ok) {
  await measure()
} else {
  console.error(`bench: nothing measured, ${available.reason}`)
  process.exitCode = 1
}

async function measure(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'gatemedic-bench-'))
  const host = await labHost({ fault, progress: (line) => console.error(`bench: ${line}`) })
  try {
    const inventory = parseInventory(await inventoryText([host]), 'bench.yml')
    const { contenders, close } = await contendersOn(host, inventory, join(scratch, 'master'))
    try {
      console.error(`bench: measuring, ${rounds} rounds`)
      const timed = await takeTurns(contenders, rounds, AbortSignal.timeout(longestMs))
      console.log(`${host.name} with ${fault}, ${timed[0]?.ms.length} rounds, Node ${process.versions.node}\n`)
      console.log(timesTable(timed, ['ssh cold', 'ssh warm']))
    } finally {
      await close()
    }
  } finally {
    await host.down()
    rmSync(scratch, { recursive: true })
  }
}

function readRounds(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= mostRounds) return count
  throw new InvalidArgumentError(`A whole number from 1 to ${mostRounds}.`)
}
