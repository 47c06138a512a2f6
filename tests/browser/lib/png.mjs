// Pictures of the documentation, made small: a screenshot has few colours, and a palette of 128 takes a third of its bytes.
//   await writeFile(name, lean(await page.screenshot()))
import assert from "node:assert/strict";
import { deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 128;

/** The checksum of a chunk; node has one of its own since 20.15 only. */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Type and content of each chunk. */
function chunks(bytes) {
  assert.ok(bytes.subarray(0, 8).equals(SIGNATURE));
  const found = [];
  for (let at = 8; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    found.push({ type: bytes.toString("latin1", at + 4, at + 8), content: bytes.subarray(at + 8, at + 8 + size) });
    at += size + 12;
  }
  return found;
}

function chunk(type, content) {
  const named = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [size, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, checksum]);
}

/** The predictor of filter 4 of the format. */
function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** The samples of a picture of 8 bits, without the filters of its rows. */
function samples(packed, width, height, channels) {
  const raw = inflateSync(packed);
  const row = width * channels;
  const out = Buffer.alloc(row * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (row + 1)];
    for (let x = 0; x < row; x += 1) {
      const at = y * row + x;
      const left = x >= channels ? out[at - channels] : 0;
      const up = y ? out[at - row] : 0;
      const corner = y && x >= channels ? out[at - row - channels] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[at] = raw[y * (row + 1) + 1 + x] + guess;
    }
  }
  return out;
}

/** How far a colour is from grey: signs are small and have few points, but their colour says something. */
function strength(colour) {
  const parts = [colour >> 16, (colour >> 8) & 255, colour & 255];
  return 1 + Math.max(...parts) - Math.min(...parts);
}

/** The colours that are used most, as 0xRRGGBB; letters' edges have many more, each of few points. */
function palette(points) {
  const counts = new Map();
  for (const colour of points) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const weighed = [...counts].map(([colour, count]) => [count * strength(colour), colour]);
  return weighed.sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, MOST_COLOURS).map(([, colour]) => colour);
}

const distance = (a, b) => [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);

/** The picture with at most 128 colours, each point the nearest one. */
export function lean(bytes) {
  const all = chunks(bytes);
  const head = all.find(({ type }) => type === "IHDR").content;
  const [width, height, depth, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]];
  const channels = { 2: 3, 6: 4 }[kind];
  assert.ok(depth === 8 && channels && head[12] === 0, "a screenshot as Chromium makes it");
  const flat = samples(Buffer.concat(all.filter(({ type }) => type === "IDAT").map(({ content }) => content)), width, height, channels);
  const points = new Uint32Array(width * height);
  for (let at = 0; at < points.length; at += 1) {
    points[at] = (flat[at * channels] << 16) | (flat[at * channels + 1] << 8) | flat[at * channels + 2];
  }
  const colours = palette(points);
  const nearest = new Map(colours.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc((width + 1) * height);
  points.forEach((colour, at) => {
    let index = nearest.get(colour);
    if (index === undefined) {
      index = colours.reduce((best, other, place) => (distance(colour, other) < distance(colour, colours[best]) ? place : best), 0);
      nearest.set(colour, index);
    }
    rows[at + Math.floor(at / width) + 1] = index;
  });
  const table = Buffer.from(colours.flatMap((colour) => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255]));
  const newHead = Buffer.from(head);
  newHead[9] = 3;
  const parts = [chunk("IHDR", newHead), chunk("PLTE", table), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...parts]);
}
