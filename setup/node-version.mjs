// Evaluated before everything else of the set-up, so it stays in syntax that an old Node can still read.

/** The floor of package.json's engines: what vitest 4 and bolt 5 ask for. */
const floor = [20, 19]

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < floor[0] || (major === floor[0] && minor < floor[1])) {
  console.error(`gatemedic needs Node ${floor.join('.')} or newer, and this is Node ${process.versions.node}.`)
  console.error(
    'Install a newer one (https://nodejs.org, or your version manager: nvm install 24) and run the same command again.',
  )
  process.exit(1)
}
