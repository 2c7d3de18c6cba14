/** Decisions: numbered without gaps, titled, each with context, decision and consequences, so that "why" has an answer. */
import { describeRule, type Rule } from './rule';

const recorded: Rule = (files) => {
  const decisions = files.filter(({ path }) => path.startsWith('docs/decisions/'));
  return decisions.flatMap(({ path, text }, index) => {
    const match = /^docs\/decisions\/(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md$/.exec(path);
    if (!match) return [`${path}: write NNNN-title.md`];
    const faults = [];
    if (Number(match[1]) !== index + 1) faults.push(`${path}: the number after the last is ${index + 1}`);
    if (!text.startsWith(`# ${match[1]} · `)) faults.push(`${path}: the title is "# ${match[1]} · …"`);
    const parts = ['**Context.** ', '**Decision.** ', '**Consequences.** '].map((part) => text.indexOf(part));
    if (parts.some((at) => at < 0) || parts.join() !== [...parts].sort((a, b) => a - b).join())
      faults.push(`${path}: context, decision, consequences, in this order`);
    return faults;
  });
};
const sound = '# 0001 · A\n\n**Context.** a\n\n**Decision.** b\n\n**Consequences.** c\n';

describeRule('a decision is recorded with context, decision and consequences', recorded, {
  catches: {
    'a gap in the numbers': { 'docs/decisions/0002-a.md': sound.replace('0001', '0002') },
    'no number': { 'docs/decisions/a.md': sound },
    'another number in the title': { 'docs/decisions/0001-a.md': sound.replace('0001', '0007') },
    'no consequences': { 'docs/decisions/0001-a.md': sound.replace('**Consequences.** c', '') },
    'parts in disorder': {
      'docs/decisions/0001-a.md': '# 0001 · A\n**Decision.** b\n**Context.** a\n**Consequences.** c',
    },
  },
  passes: { 'a sound one': { 'docs/decisions/0001-a.md': sound } },
});

/** A link that leads nowhere in the papers that people read first. */
const links: Rule = (files) => {
  const paths = new Set(
    files.flatMap(({ path }) => path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))),
  );
  return files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) => {
      const folder = path.split('/').slice(0, -1);
      return [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].flatMap(([, target]) => {
        const steps = [...folder, ...target.replace(/\/$/, '').split('/')];
        const resolved = steps.reduce<string[]>(
          (done, step) => (step === '..' ? done.slice(0, -1) : step === '.' ? done : [...done, step]),
          [],
        );
        return paths.has(resolved.join('/')) ? [] : [`${path} links to ${target}, which is not there`];
      });
    });
};

describeRule('links between documents lead somewhere', links, {
  catches: {
    'a page that is not there': { 'README.md': '[a](docs/a.md)' },
    'a page of another folder': { 'docs/a.md': '[b](b.md)', 'b.md': '' },
  },
  passes: {
    'pages that are': {
      'docs/a.md': '[b](../b.md#part) [web](https://a.example) [here](#part) [folder](decisions/)',
      'b.md': '',
      'docs/decisions/0001-a.md': sound,
    },
  },
});
