import { connect, type ConnectOptions } from '../host/connect.ts'
import type { Inventory } from '../host/inventory.ts'
import { run } from '../host/run.ts'
import { HostUnreachableError } from '../host/unreachable.ts'
import { rightsText } from './rights-text.ts'
import { judgeRights, readRights, rightsScript } from './rights.ts'
import { actLines, readLines } from './sudoers-text.ts'

/** What the read user and the act user of a host may do as root, in lines for a person; each is asked over a connection of its own. */
export async function askRights(host: string, inventory: Inventory): Promise<readonly string[]> {
  const listed = inventory.hosts.get(host)
  if (!listed) return []
  const { act, user } = listed
  if (!act) {
    const reads = await rightsOf(host, inventory, {}, readLines([]))
    return [...reads, `there is no act user: nothing can be changed on ${host}`]
  }
  const acting = actLines([listed], [])
  if (act.user !== user)
    return [
      ...(await rightsOf(host, inventory, {}, readLines([]))),
      ...(await rightsOf(host, inventory, { as: act }, acting)),
    ]
  const both = await rightsOf(host, inventory, {}, [...readLines([]), ...acting])
  return [...both, `${user} both reads and acts: a user of its own for acting would keep the two apart`]
}

async function rightsOf(
  host: string,
  inventory: Inventory,
  as: Pick<ConnectOptions, 'as'>,
  needed: readonly string[],
): Promise<readonly string[]> {
  const who = as.as?.user ?? inventory.hosts.get(host)?.user ?? ''
  try {
    const connection = await connect(host, inventory, { budgetMs: 10_000, ...as })
    try {
      const { stdout } = await run(connection, rightsScript, [], { seconds: 8 })
      const rights = readRights(stdout)
      return rights ? rightsText(rights, judgeRights(rights, needed)) : [`${who} did not say what it may do`]
    } finally {
      connection.close()
    }
  } catch (error) {
    if (error instanceof HostUnreachableError) return [`${who} could not be asked: ${error.message}`]
    throw error
  }
}
