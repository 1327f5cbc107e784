const W = __WORDS__;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", SHAPES = "●▲■◆★✚▼✱⬟";
const $ = id => document.getElementById(id);
function el(tag, told, kids) {
  const made = document.createElement(tag);
  Object.keys(told).forEach(name => {
    if (name.slice(0, 2) === "on") made.addEventListener(name.slice(2), told[name]);
    else if (told[name] === true) made.setAttribute(name, "");
    else if (told[name] !== null && told[name] !== false && told[name] !== undefined) made.setAttribute(name, told[name]);
  });
  made.append(...[].concat(kids === undefined ? [] : kids));
  return made;
}
function coloured(code, parts) {
  let at = 0;
  return parts.map(part => el("span", { class: part[0] || null }, code.slice(at, at += part[1]))).concat(code.slice(at));
}
function text(pieces) {
  return pieces.map(piece => piece[0] === "block" ? el("pre", {}, coloured(piece[1], piece[2])) : piece[0] === "code" ? el("code", {}, piece[1])
    : piece[0] === "maths" ? el("i", { class: "m" }, piece[1]) : piece[1]);
}
function recall(name) { try { return localStorage.getItem("quiz-" + name); } catch (e) { return null; } }
function remember(name, value) { try { value === null ? localStorage.removeItem("quiz-" + name) : localStorage.setItem("quiz-" + name, value); } catch (e) {} }
