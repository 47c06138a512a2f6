// One truth: the core that runs in the browser and the native one answer the same, byte for byte, on every example,
// golden case, scenario and example of a rule's page. `make truth` builds both and runs this.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import assert from 'node:assert/strict';

const root = join(import.meta.dirname, '../..');
const read = (...path) => readFileSync(join(root, ...path), 'utf8');

// All YAML files below a folder, as [name, text]; names begin with `prefix`.
function folder(path, prefix = '') {
  const names = readdirSync(join(root, path), { recursive: true }).sort();
  const files = names.filter((name) => name.endsWith('.yaml') && statSync(join(root, path, name)).isFile());
  return files.map((name) => [prefix + name, read(path, name)]);
}

function* conformance() {
  const scenarios = 'tests/conformance/scenarios';
  for (const name of readdirSync(join(root, scenarios)).sort()) {
    const all = folder(join(scenarios, name));
    const of = (manifests) => all.filter(([file]) => !file.startsWith('manifests') || file === manifests);
    const before = of('manifests-old.yaml').map(([file, text]) => [file.replace('-old', ''), text]);
    const isChange = all.some(([file]) => file === 'manifests-old.yaml');
    yield { name: `conformance ${name}`, files: of('manifests.yaml'), ...(isChange && { before }) };
  }
}

function* ownScenarios() {
  for (const name of readdirSync(join(root, 'tests/scenarios')).sort()) {
    const parts = read('tests/scenarios', name).split('=== ').slice(1).map((part) => part.split(/\n(.*)/s).slice(0, 2));
    yield { name: `scenario ${name}`, files: parts.filter(([file]) => file !== 'expect') };
  }
}

function* goldenCases() {
  // Under the names that they have in the golden report of the command line.
  const [clean, mistakes] = ['clean', 'mistakes'].map((name) => folder(`static/examples/${name}`, 'static/examples/mistakes/'));
  yield { name: 'clean', files: clean };
  yield { name: 'mistakes', files: mistakes, before: clean };
  yield { name: 'mended', files: clean, before: mistakes };
  yield { name: 'seed', files: [['seed.txt', read('tests/seed/seed.txt')]] };
  const golden = readdirSync(join(root, 'tests/golden'), { withFileTypes: true });
  for (const { name } of golden.filter((entry) => entry.isDirectory())) {
    yield { name: `golden ${name}`, files: folder(join('tests/golden', name)) };
  }
}

function* pagesOfRules() {
  const blocks = read('docs/rules.md').matchAll(/^```yaml\n(.*?)^```$/gms);
  const hidden = { '⇥': '\t', '␀': '\0', '⟨BOM⟩': '\ufeff' };
  for (const [at, [, block]] of [...blocks].entries()) {
    const text = block.replaceAll(/⇥|␀|⟨BOM⟩/g, (stand) => hidden[stand]);
    yield { name: `block ${at + 1} of docs/rules.md`, files: [['example.yaml', text]] };
  }
}

function native(cases) {
  const command = ['run', '--quiet', '--example', 'answers'];
  return execFileSync('cargo', command, { cwd: root, input: cases, encoding: 'utf8', maxBuffer: 2 ** 30 });
}

async function browser(cases) {
  globalThis.akoplanCases = cases;
  await import(pathToFileURL(join(root, 'target/truth/akoplan-truth.js')));
  return globalThis.akoplanAnswers;
}

test('the core in the browser answers as the native one, byte for byte', async () => {
  const cases = [...goldenCases(), ...conformance(), ...ownScenarios(), ...pagesOfRules()];
  const json = JSON.stringify(cases);
  const [ours, theirs] = [native(json), await browser(json)].map((answers) => answers.split('\n').slice(0, -1));
  assert.equal(ours.length, cases.length);
  assert.equal(theirs.length, cases.length);
  for (const [at, { name }] of cases.entries()) assert.equal(theirs[at], ours[at], name);

  // The cases are what they are taken for, and the answers tell them apart.
  const count = (begin) => cases.filter(({ name }) => name.startsWith(begin)).length;
  const least = { conformance: 300, scenario: 50, block: 200, golden: 3 };
  for (const [begin, wanted] of Object.entries(least)) assert.ok(count(begin) >= wanted, `${begin}: ${count(begin)}`);
  assert.ok(new Set(ours).size > 500, `${new Set(ours).size} different answers`);
  const answer = (name) => JSON.parse(theirs[cases.findIndex((other) => other.name === name)]);
  assert.deepEqual(answer('clean').check.findings, []);
  assert.deepEqual(answer('mended').diff.fixed.length, answer('mistakes').check.findings.length);
  assert.deepEqual(answer('mistakes').check, JSON.parse(read('tests/golden/mistakes.json')));
});
