export { dayAt, dayStart, fromWall, isoInZone, isZone, nextDay, offsetMs, toWall, zoneOf } from './zoned-time.rules.js'
