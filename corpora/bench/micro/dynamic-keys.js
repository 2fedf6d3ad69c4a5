// expect: 3937
// scale: 500
// about: objects as dictionaries: computed keys, in, delete, for-in, Object.keys and entries

const words = 'oak elm ash fir yew bay box fig nut sap bud log pod vine moss fern reed rush palm pine'.split(
  ' ',
);

function unit() {
  const counts = {};
  for (let i = 0; i < 900; i++) {
    const word = words[(i * 7) % words.length];
    if (word in counts) counts[word]++;
    else counts[word] = 1;
    if (i % 41 === 40) delete counts[words[i % words.length]];
  }
  let sum = 0;
  for (const word in counts) sum += counts[word] * word.length;
  for (const word of Object.keys(counts)) sum += word.charCodeAt(0);
  for (const entry of Object.entries(counts)) sum += entry[1];
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
