export { dayAt, dayStart, fromWall, isoInZone, isZone, nextDay, toWall, zoneOf } from './zoned-time.rules.js'
