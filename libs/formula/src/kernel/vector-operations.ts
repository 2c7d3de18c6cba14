/** The operations of a kernel over whole vectors; a truth value is 1 or 0. */
import { KernelStep } from './kernel-steps';

type Vector = Float64Array;
type VectorOperation = (n: number, out: Vector, a: Vector, b: Vector, c: Vector) => void;

/** One loop for each operation: a shared loop with a callback would not be compiled to machine loops. */
export const vectorOperations: Readonly<Record<KernelStep['op'], VectorOperation>> = {
  '+': (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] + b[i];
  },
  '-': (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] - b[i];
  },
  '*': (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] * b[i];
  },
  '/': (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] / b[i];
  },
  power: (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = Math.pow(a[i], b[i]);
  },
  min: (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = Math.min(a[i], b[i]);
  },
  max: (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = Math.max(a[i], b[i]);
  },
  '<': (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] < b[i] ? 1 : 0;
  },
  '<=': (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] <= b[i] ? 1 : 0;
  },
  '>': (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] > b[i] ? 1 : 0;
  },
  '>=': (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] >= b[i] ? 1 : 0;
  },
  '=': (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] === b[i] ? 1 : 0;
  },
  '!=': (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] !== b[i] ? 1 : 0;
  },
  and: (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] * b[i];
  },
  or: (n, out, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i] > b[i] ? a[i] : b[i];
  },
  not: (n, out, a) => {
    for (let i = 0; i < n; i++) out[i] = 1 - a[i];
  },
  if: (n, out, a, b, c) => {
    for (let i = 0; i < n; i++) out[i] = a[i] !== 0 ? b[i] : c[i];
  },
  exp: (n, out, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.exp(a[i]);
  },
  ln: (n, out, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.log(a[i]);
  },
  log10: (n, out, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.log10(a[i]);
  },
  sqrt: (n, out, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.sqrt(a[i]);
  },
  abs: (n, out, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.abs(a[i]);
  },
  sin: (n, out, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.sin(a[i]);
  },
  cos: (n, out, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.cos(a[i]);
  },
};
