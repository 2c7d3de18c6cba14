#!/usr/bin/env node
/** Answers one question about speed beside a peer: `node bench/run.mjs kernel|csv|price|chunks|interval|ledger|allocate|dividend|rescore [--rows N] …` */
import { parseArgs } from 'node:util';

const questions = ['kernel', 'csv', 'price', 'chunks', 'interval', 'ledger', 'allocate', 'dividend', 'rescore'];
const usage = `node bench/run.mjs ${questions.join('|')} [--rows N] [--counties N] [--draws N] [--rounds N]`;

function readArguments() {
  const option = { type: 'string' };
  const { values, positionals } = parseArgs({
    options: { rows: option, counties: option, draws: option, rounds: option },
    allowPositionals: true,
  });
  const [question] = positionals;
  const settings = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)]));
  const wrong = Object.values(settings).some((value) => !Number.isInteger(value) || value < 1);
  if (positionals.length !== 1 || !questions.includes(question) || wrong) throw new Error(`usage: ${usage}`);
  return { question, settings };
}

const { question, settings } = readArguments();
const answer = await import(`./${question}.mjs`);
await answer[question](settings);
process.exit(0);
