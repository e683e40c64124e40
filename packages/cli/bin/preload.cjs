// Loaded by Node before a program that `groundlevel exec` runs. Everything that speaks https in Node comes through tls.connect,
// fetch, axios and undici alike; for HighLevel's hosts the connection goes to this machine instead.
const { syncBuiltinESMExports } = require('node:module')
const tls = require('node:tls')

const optionsOf = ([first, second, third]) => {
  if (typeof first === 'object' && first !== null) return first
  const host = typeof second === 'string' ? second : undefined
  const options = host === undefined ? second : third
  return { ...(typeof options === 'object' ? options : {}), port: first, ...(host === undefined ? {} : { host }) }
}

const redirect = ({ hosts, port, authority: ca }) => {
  const connect = tls.connect
  tls.connect = (...given) => {
    const options = optionsOf(given)
    const host = String(options.host ?? options.servername).toLowerCase()
    // A socket that is there already has been through a proxy.
    if (options.socket || !hosts.includes(host)) return connect(...given)
    const callback = given.find((each) => typeof each === 'function')
    const { path: _, lookup: __, ...rest } = options
    return connect({ ...rest, host: '127.0.0.1', port, servername: host, ca }, callback)
  }
  syncBuiltinESMExports()
}

// A program may start another one with NODE_OPTIONS and without this: that one is left as it is.
if (process.env.GROUNDLEVEL_EXEC) redirect(JSON.parse(process.env.GROUNDLEVEL_EXEC))
