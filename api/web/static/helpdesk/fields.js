// A form made from the JSON Schema of a rule's facts.

import { element } from "../dom.js";
import { t } from "./words.js";

let made = 0;

function yesOrNo(name, schema, id) {
  const options = [["", t("unknown")], ["true", t("yes")], ["false", t("no")]];
  return element(
    "div",
    { class: "radios", role: "radiogroup", "aria-labelledby": `${id}-name` },
    options.map(([value, label]) =>
      element("label", { class: "radio" }, element("input", { type: "radio", name: `${id}-${name}`, value, checked: value === "" }), element("span", {}, label)),
    ),
  );
}

function choice(schema, id) {
  const options = schema.oneOf ?? (schema.enum ?? []).map((value) => ({ const: value, title: String(value) }));
  return element(
    "select",
    { id, "aria-labelledby": `${id}-name` },
    element("option", { value: "" }, t("unknown")),
    options.map((option) => element("option", { value: String(option.const) }, option.title ?? String(option.const))),
  );
}

function typed(schema, id) {
  const number = schema.type === "number" || schema.type === "integer";
  const kind = schema.format === "date" ? "date" : "text";
  return element("input", {
    id,
    type: kind,
    inputmode: number ? "decimal" : null,
    maxlength: kind === "text" ? 200 : null,
    autocomplete: "off",
    "aria-labelledby": `${id}-name`,
  });
}

const UNITS = { eur: "€", percent: "%", fte: "fte", hour: "unit_hour", year: "unit_year" };

function unitOf(schema) {
  const unit = UNITS[schema["x-unit"]] ?? "";
  return unit.startsWith("unit_") ? t(unit) : unit;
}

/** "1.250,5" and "1250.5" as a number; what is no number stays text, for the server to say so. */
function numberOf(text) {
  const plain = text.replace(/\s/g, "");
  const dutch = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain) ? plain.replace(/\./g, "") : plain;
  const number = Number(dutch.replace(",", "."));
  return plain && Number.isFinite(number) ? number : text;
}

function read(control, schema) {
  if (schema.type === "boolean") {
    const { value } = control.querySelector("input:checked");
    return value === "" ? null : value === "true";
  }
  if (control.value.trim() === "") return null;
  return schema.type === "number" || schema.type === "integer" ? numberOf(control.value.trim()) : control.value;
}

function write(control, schema, value) {
  if (value === null || value === undefined) return;
  if (schema.type === "boolean") {
    const radio = control.querySelector(`input[value="${value === true}"]`);
    if (radio) radio.checked = true;
  } else control.value = String(value);
}

/**
 * The fields of `facts`, filled with `known`. Gives {nodes, values(), fault(name, text)}:
 * values() leaves out what is not filled in; fault marks a field, or none where `text` is empty.
 */
export function fieldsOf(facts, known) {
  made += 1;
  const fields = new Map();
  const nodes = Object.entries(facts.properties ?? {}).map(([name, schema], place) => {
    const id = `fact-${made}-${place}`;
    const control = schema.type === "boolean" ? yesOrNo(name, schema, id) : schema.oneOf || schema.enum ? choice(schema, id) : typed(schema, id);
    write(control, schema, known[name]);
    const error = element("p", { class: "form-error", id: `${id}-error`, hidden: true });
    fields.set(name, { control, schema, error });
    return element(
      "div",
      { class: "fact", "data-fact": name },
      element("p", { class: "fact-name", id: `${id}-name` }, schema.description ?? schema.title ?? name),
      element("div", { class: "fact-value" }, control, unitOf(schema) ? element("span", { class: "unit" }, unitOf(schema)) : null),
      error,
    );
  });
  return {
    nodes,
    values() {
      const said = [...fields].map(([name, { control, schema }]) => [name, read(control, schema)]);
      return Object.fromEntries(said.filter(([, value]) => value !== null));
    },
    fault(name, text) {
      const field = fields.get(name);
      if (!field) return false;
      field.error.textContent = text;
      field.error.hidden = !text;
      if (text) field.control.setAttribute("aria-invalid", "true");
      else field.control.removeAttribute("aria-invalid");
      field.control.setAttribute("aria-describedby", field.error.id);
      return true;
    },
    names: () => [...fields.keys()],
  };
}
