/** Student's t distribution, by the regularised incomplete beta function (Press et al., Numerical Recipes, 3rd ed. 2007, § 6.4). */

/** Lanczos approximation with g = 7 and 9 terms (error below 1e-13 for x above 0). */
const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  const z = x - 1;
  const sum = lanczos.reduce((all, term, at) => (at === 0 ? term : all + term / (z + at)), 0);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

const tiny = 1e-300;
const enough = 1e-15;
const mostTerms = 500;
const apart = (value: number): number => (Math.abs(value) < tiny ? tiny : value);

/** The continued fraction of the incomplete beta function, by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= mostTerms; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / apart(1 + even * d);
    c = apart(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / apart(1 + odd * d);
    c = apart(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < enough) break;
  }
  return fraction;
}

function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** The probability that the variable lies below `t`. @param freedom degrees of freedom, above zero */
export function studentProbability(t: number, freedom: number): number {
  const square = t * t;
  // Each form where the other would lose its digits: near the middle, and in the tails.
  if (square < freedom) {
    const inside = incompleteBeta(square / (freedom + square), 0.5, freedom / 2) / 2;
    return t > 0 ? 0.5 + inside : 0.5 - inside;
  }
  const outside = incompleteBeta(freedom / (freedom + square), freedom / 2, 0.5) / 2;
  return t > 0 ? 1 - outside : outside;
}

/** The value below which the variable lies with the probability, by halving; to about 1e-12. @param probability between 0 and 1, without them */
export function studentQuantile(probability: number, freedom: number): number {
  if (probability < 0.5) return -studentQuantile(1 - probability, freedom);
  let [low, high] = [0, 1];
  while (studentProbability(high, freedom) < probability) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-13 * (1 + high); step++) {
    const middle = (low + high) / 2;
    if (studentProbability(middle, freedom) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
