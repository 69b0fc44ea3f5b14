import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Capture } from '../../src/diagnosis/capture.ts'
import { redactCapture } from '../../src/redact/redact-capture.ts'
import { collect } from '../../src/host/collect.ts'
import { connect } from '../../src/host/connect.ts'
import type { HostConnection } from '../../src/host/connection.ts'
import { loadInventory } from '../../src/host/inventory.ts'
import { type RecordedCapture, writeSnapshot } from '../../src/host/snapshot.ts'
import { factsOf } from '../../src/examine/facts.ts'
import { runRounds, usualWindowSeconds } from '../../src/examine/rounds.ts'
import { readFault } from '../../lab/fault.ts'
import { labHost } from '../../lab/host.ts'
import { inventoryText } from '../../lab/inventory-text.ts'
import { diagnose } from './cure.ts'
import { type DemoHost, demoHosts } from './host-list.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'
import { recordingFolder } from './recordings.ts'

// Records the demo's hosts anew, on real lab hosts (root on Debian): node --import tsx demo/hosts/record.ts [web-1 ...]
// To be run when probes ask something new; what is written is committed.

const wanted = process.argv.slice(2)
for (const demo of demoHosts.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) await recordHost(demo)

/** Before: the broken host. After: the same host once a person did what the diagnosis says; only where an action offers that. */
async function recordHost(demo: DemoHost): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'gatemedic-record-'))
  const host = await labHost({ name: demo.name, fault: demo.fault })
  try {
    const path = join(scratch, 'hosts.yml')
    writeFileSync(path, await inventoryText([host], demo.user ?? 'root'))
    const connection = await connect(demo.name, await loadInventory(path), { budgetMs: 10_000 })
    const folder = recordingFolder(demo.name)
    rmSync(folder, { recursive: true, force: true })
    await record(demo.name, connection, folder)
    const diagnosis = diagnose(await readSnapshot(folder))
    process.stdout.write(`${demo.name} ${demo.fault}: ${diagnosis.verdict}: ${diagnosis.headline}\n`)
    if (readFault(demo.fault).expect.action !== null) {
      await host.cure(demo.fault)
      await record(demo.name, connection, join(folder, 'after'))
      const after = diagnose(await readSnapshot(join(folder, 'after')))
      process.stdout.write(`${demo.name} after its cure: ${after.verdict}: ${after.headline}\n`)
    }
    connection.close()
  } finally {
    await host.down()
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function record(host: string, connection: HostConnection, folder: string): Promise<void> {
  const captures: RecordedCapture[] = []
  let round = 0
  const asked = await runRounds(
    host,
    async (questions) => {
      const answers = await collect(connection, questions, { host, seconds: 15 })
      captures.push(
        ...answers.map((capture, index) => ({ capture: redacted(capture), args: questions[index]?.args ?? [], round })),
      )
      return answers
    },
    { allowed: true, healthPath: null, site: null },
    usualWindowSeconds,
    (current) => (round = current),
  )
  const clock = factsOf(asked.captures, host, 'both rounds').host
  if (!clock.known) throw new Error(`${host} told no clock: ${clock.reason}`)
  await writeSnapshot(folder, {
    host,
    collectedAt: new Date(clock.value.epoch * 1000).toISOString(),
    timezone: clock.value.timezone,
    recordedOn: 'Debian 12 under systemd-nspawn (lab)',
    captures,
  })
}

function redacted(capture: Capture): Capture {
  const { probe, stdout, stderr } = capture
  return { ...capture, stdout: redactCapture(stdout, probe), stderr: redactCapture(stderr, probe) }
}
