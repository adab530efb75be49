#!/usr/bin/env python3
"""Forms of the verbs of our lexicons: treebanks and samples of dictionaries lack many ("desmiente", "dément", "введено").

Usage: verbs.py LEXICON_FOLDER > forms.tsv      (language, form, lemma, part of speech; see LEMMAS.md)

Romance verbs by rule: the third person of the tenses that reports use, and the participles. What no rule makes stands in tables. Grammar is common
knowledge (RAE, Nueva gramática; Bescherelle; Treccani), the tables are our own. Russian verbs and nouns, all forms, by pymorphy3 (OpenCorpora;
`pip install pymorphy3 pymorphy3-dicts-ru`); without it they are left out, with a word on standard error.
"""
import re
import sys
from pathlib import Path

import yaml

# ---------------------------------------------------------------- Spanish

# Verbs whose last vowel of the stem changes under stress.
ES_CHANGES = {
    "e ie": "negar denegar renegar desmentir mentir sentir consentir presentir sugerir advertir requerir referir preferir transferir invertir "
            "convertir adquirir tener mantener obtener detener retener sostener contener abstener venir convenir provenir empezar comenzar "
            "pensar alentar apretar recomendar confesar encender defender entender extender perder desplegar plegar replegar helar cerrar "
            "acertar atravesar despertar enterrar gobernar manifestar querer herir arrendar sembrar cegar",
    "o ue": "probar comprobar aprobar reprobar acordar recordar mostrar demostrar contar encontrar rogar soltar volver devolver envolver "
            "revolver mover promover poder doler resolver forzar reforzar esforzar trocar volar renovar costar",
    "e i": "pedir impedir expedir despedir medir servir seguir conseguir proseguir perseguir repetir elegir corregir rendir competir "
           "concebir reelegir",
}
ES_CHANGE = {verb: change.split() for change, verbs in ES_CHANGES.items() for verb in verbs.split()}
ES_STRESSED = {  # Stems with an accent under stress.
    "enviar": "enví", "reenviar": "reenví", "ampliar": "amplí", "confiar": "confí", "desviar": "desví", "guiar": "guí",
    "evaluar": "evalú", "actuar": "actú", "continuar": "continú", "efectuar": "efectú", "prohibir": "prohíb",
}
ES_PAST = {"tener": "tuv", "poner": "pus", "venir": "vin", "decir": "dij", "traer": "traj", "ducir": "duj", "hacer": "hic",
           "querer": "quis", "poder": "pud", "saber": "sup"}
ES_FUTURE = {"tener": "tendr", "poner": "pondr", "venir": "vendr", "decir": "dir", "hacer": "har", "querer": "querr",
             "poder": "podr", "saber": "sabr", "salir": "saldr"}
ES_FIRST = {"tener": "teng", "poner": "pong", "venir": "veng", "decir": "dig", "hacer": "hag", "traer": "traig", "salir": "salg"}
ES_DONE = {"hacer": "hecho", "decir": "dicho", "scribir": "scrito", "volver": "vuelto", "solver": "suelto", "poner": "puesto",
           "cubrir": "cubierto", "romper": "roto", "abrir": "abierto"}
ES_WHOLE = {
    "ser": "es son fue fueron era eran será sido siendo", "ir": "va van", "haber": "", "dar": "da dan dio dieron daba dará dado dé dando",
    "estar": "está están estuvo estuvieron estaba estará estado", "ver": "ve ven vio vieron veía verá visto viendo",
    "prever": "prevé prevén previó previeron preveía preveían preverá previsto prevista previstos previstas prevea",
}


def by_end(table, verb):
    """(stem, entry) of the longest key of a table that the verb ends in."""
    found = max((key for key in table if verb.endswith(key)), key=len, default=None)
    return (verb[: len(verb) - len(found)], table[found]) if found else None


def last(stem, old, new):
    at = stem.rfind(old)
    return stem[:at] + new + stem[at + len(old):] if at >= 0 else stem


def spanish(verb):
    if verb in ES_WHOLE:
        return ES_WHOLE[verb].split()
    stem, kind = verb[:-2], verb[-2:].replace("í", "i")
    if kind not in ("ar", "er", "ir"):
        return []
    old, new = ES_CHANGE.get(verb, ("", ""))
    stressed = ES_STRESSED.get(verb) or (last(stem, "i" if verb == "adquirir" else old, new) if old else stem)
    soft = verb.endswith("uir") and not verb.endswith(("guir", "quir"))  # construir: construye
    vowel = stem[-1:] in "aeo" and kind == "er"  # creer, proveer, traer
    weak = last(stem, "e", "i") if old == "e" and kind == "ir" and verb != "adquirir" else stem  # pidió
    y = soft or vowel
    forms = [stressed + ("y" if soft else "") + end for end in (("a", "an") if kind == "ar" else ("e", "en"))]
    if verb.endswith("decir"):
        forms = [verb[:-5] + "dice", verb[:-5] + "dicen"]
    strong = by_end(ES_PAST, verb)
    if strong:
        past = strong[0] + strong[1]
        forms += [past.replace("hic", "hiz") + "o", past + ("eron" if past.endswith("j") else "ieron")]
    elif kind == "ar":
        forms += [stem + "ó", stem + "aron"]
    else:
        forms += [weak + ("yó" if y else "ió"), weak + ("yeron" if y else "ieron")]
    before = forms[3].removesuffix("ron")
    forms += [before + "ra", before + "ran"]
    forms += [stem + end for end in (("aba", "aban") if kind == "ar" else ("ía", "ían"))]
    future = by_end(ES_FUTURE, verb)
    base = future[0] + future[1] if future else stem + kind
    forms += [base + end for end in ("á", "án", "ía", "ían")]
    first = by_end(ES_FIRST, verb)
    if first:
        subjunctive = first[0] + first[1]
    elif re.search("[aeou]cer$|ducir$", verb) and verb not in ("hacer", "ejercer"):
        subjunctive = stem[:-1] + "zc"
    elif kind == "ar":
        subjunctive = re.sub("z$", "c", re.sub("g$", "gu", re.sub("c$", "qu", stressed)))
    else:
        subjunctive = (stressed if not soft else stem + "y")
        subjunctive = re.sub("gu$", "g", subjunctive) if verb.endswith("guir") else re.sub("g$", "j", subjunctive)
    forms += [subjunctive + end for end in (("e", "en") if kind == "ar" else ("a", "an"))]
    done = by_end(ES_DONE, verb)
    done = done[0] + done[1] if done else stem + ("ado" if kind == "ar" else "ído" if vowel else "ido")
    forms += [done, done[:-1] + "a", done + "s", done[:-1] + "as"]
    doing = {"decir": "diciendo", "venir": "viniendo"}.get(verb, last(weak, "e", "i") if verb.endswith("venir") else weak)
    forms.append(doing if doing.endswith("iendo") else doing + ("ando" if kind == "ar" else "yendo" if y else "iendo"))
    return forms


# ---------------------------------------------------------------- French

FR_WHOLE = {  # Third person singular and plural of the present, participle, stem of the imperfect, of the future.
    "avoir": "a ont eu av aur", "être": "est sont été ét ser", "aller": "va vont allé all ir", "faire": "fait font fait fais fer",
    "pouvoir": "peut peuvent pu pouv pourr", "vouloir": "veut veulent voulu voul voudr", "devoir": "doit doivent dû dev devr",
    "savoir": "sait savent su sav saur", "voir": "voit voient vu voy verr", "dire": "dit disent dit dis dir",
    "interdire": "interdit interdisent interdit interdis interdir", "croire": "croit croient cru croy croir",
    "envoyer": "envoie envoient envoyé envoy enverr", "renvoyer": "renvoie renvoient renvoyé renvoy renverr",
    "convaincre": "convainc convainquent convaincu convainqu convaincr", "prévoir": "prévoit prévoient prévu prévoy prévoir",
    "pourvoir": "pourvoit pourvoient pourvu pourvoy pourvoir", "accroître": "accroît accroissent accru accroiss accroîtr",
    "paraître": "paraît paraissent paru paraiss paraîtr", "reconnaître": "reconnaît reconnaissent reconnu reconnaiss reconnaîtr",
    "secourir": "secourt secourent secouru secour secourr", "accueillir": "accueille accueillent accueilli accueill accueiller",
    "partir": "part partent parti part partir", "sortir": "sort sortent sorti sort sortir", "servir": "sert servent servi serv servir",
}
FR_ENDS = {  # The same by the end of the infinitive.
    "tenir": "tient tiennent tenu ten tiendr", "venir": "vient viennent venu ven viendr", "mettre": "met mettent mis mett mettr",
    "prendre": "prend prennent pris pren prendr", "sentir": "sent sentent senti sent sentir", "mentir": "ment mentent menti ment mentir",
    "cevoir": "çoit çoivent çu cev cevr", "quérir": "quiert quièrent quis quér querr", "offrir": "offre offrent offert offr offrir",
    "couvrir": "couvre couvrent couvert couvr couvrir", "battre": "bat battent battu batt battr", "rompre": "rompt rompent rompu romp rompr",
    "crire": "crit crivent crit criv crir", "clure": "clut cluent clu clu clur", "suivre": "suit suivent suivi suiv suivr",
    "uire": "uit uisent uit uis uir", "aindre": "aint aignent aint aign aindr", "eindre": "eint eignent eint eign eindr",
    "oindre": "oint oignent oint oign oindr",
}


def french(verb):
    ends = by_end(FR_ENDS, verb)
    if verb in FR_WHOLE:
        one, many, done, was, will = FR_WHOLE[verb].split()
    elif ends:
        one, many, done, was, will = (ends[0] + end for end in ends[1].split())
    elif verb.endswith("er"):
        one, many, done, was, will = french_er(verb)
    elif verb.endswith("ir"):
        stem = verb[:-1]
        one, many, done, was, will = stem + "t", stem + "ssent", stem, stem + "ss", verb
    elif verb.endswith("re"):
        stem = verb[:-2]
        one, many, done, was, will = stem, stem + "ent", stem + "u", stem, stem + "r"
    else:
        return []
    agreed = [done, done + "e", done + "es"] + ([] if done.endswith("s") else [done + "s"])
    return [one, many, was + "ait", was + "aient", *(will + end for end in ("a", "ont", "ait", "aient")), *agreed, was + "ant"]


def french_er(verb):
    stem = verb[:-2]
    stressed = stem
    silent = re.fullmatch("(.*)([eé])([bcdfglmnprstv]|ch|gu|qu|gn|br|cr|tr|gr)", stem)
    if verb.endswith(("oyer", "uyer")):
        stressed = stem[:-1] + "i"
    elif verb.endswith(("eter", "eler")) and verb not in ("acheter", "racheter", "geler", "congeler", "déceler"):
        stressed = stem + stem[-1]
    elif silent and (silent[2] == "é" or len(silent[3]) == 1):
        stressed = silent[1] + "è" + silent[3]
    will = (stem if silent and silent[2] == "é" else stressed) + "er"
    was = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    return stressed + "e", stressed + "ent", stem + "é", was, will


# ---------------------------------------------------------------- Italian

IT_WHOLE = {  # Third person singular and plural of the present, singular of the past, participle, stem of imperfect, of the future.
    "andare": "va vanno andò andato anda andr", "dare": "dà danno diede dato da dar", "fare": "fa fanno fece fatto face far",
    "dire": "dice dicono disse detto dice dir", "volere": "vuole vogliono volle voluto vole vorr",
}
IT_ENDS = {  # The same by the end of the infinitive.
    "venire": "viene vengono venne venuto veni verr", "tenere": "tiene tengono tenne tenuto tene terr",
    "porre": "pone pongono pose posto pone porr", "durre": "duce ducono dusse dotto duce durr", "cogliere": "coglie colgono colse colto coglie coglier",
    "prendere": "prende prendono prese preso prende prender", "tendere": "tende tendono tese teso tende tender",
    "spendere": "spende spendono spese speso spende spender", "vendere": "vende vendono vendette venduto vende vender",
    "cludere": "clude cludono cluse cluso clude cluder", "cedere": "cede cedono cedette ceduto cede ceder",
    "concedere": "concede concedono concesse concesso concede conceder", "mettere": "mette mettono mise messo mette metter",
    "spingere": "spinge spingono spinse spinto spinge spinger", "chiedere": "chiede chiedono chiese chiesto chiede chieder",
    "cidere": "cide cidono cise ciso cide cider", "coprire": "copre coprono coprì coperto copri coprir",
    "offrire": "offre offrono offrì offerto offri offrir", "scrivere": "scrive scrivono scrisse scritto scrive scriver",
    "vedere": "vede vedono vide visto vede vedr", "aggiungere": "aggiunge aggiungono aggiunse aggiunto aggiunge aggiunger",
    "giungere": "giunge giungono giunse giunto giunge giunger", "ricevere": "riceve ricevono ricevette ricevuto riceve ricever",
    "sistere": "siste sistono sistette sistito siste sister", "partire": "parte partono partì partito parti partir",
    "avvertire": "avverte avvertono avvertì avvertito avverti avvertir", "consentire": "consente consentono consentì consentito consenti consentir",
    "rompere": "rompe rompono ruppe rotto rompe romper", "ammettere": "ammette ammettono ammise ammesso ammette ammetter",
}


def italian(verb):
    ends = ("", IT_WHOLE[verb]) if verb in IT_WHOLE else by_end(IT_ENDS, verb)
    if ends:
        one, many, past, done, was, will = (ends[0] + end for end in ends[1].split())
    elif verb.endswith("are"):
        stem = verb[:-3]
        soft = stem + "h" if stem[-1:] in "cg" else stem[:-1] if stem.endswith(("ci", "gi")) else stem
        one, many, past, done, was, will = stem + "a", stem + "ano", stem + "ò", stem + "ato", stem + "a", soft + "er"
    elif verb.endswith("ire"):
        stem = verb[:-3]
        one, many, past, done, was, will = (stem + end for end in ("isce", "iscono", "ì", "ito", "i", "ir"))
    else:
        return []
    return [one, many, past, was + "va", was + "vano", will + "à", will + "anno", will + "ebbe", will + "ebbero",
            done, done[:-1] + "a", done[:-1] + "i", done[:-1] + "e"]


# ---------------------------------------------------------------- Russian

RU_PARTS = {"VERB": {"VERB", "INFN", "PRTF", "PRTS", "GRND"}, "NOUN": {"NOUN"}}


def russian(words):
    """All forms of some (lemma, part of speech), each with and without the dots of "ё"."""
    try:
        import pymorphy3
    except ImportError:
        print("no pymorphy3: Russian is left out", file=sys.stderr)
        return
    analyser = pymorphy3.MorphAnalyzer(lang="ru")
    for lemma, part in words:
        plain = lemma.replace("ё", "е")
        known = (one for one in analyser.parse(lemma) if one.normal_form.replace("ё", "е") == plain and one.tag.POS in RU_PARTS[part])
        one = next(known, None)
        for form in one.lexeme if one else ():
            if form.tag.POS in RU_PARTS[part]:
                yield from ((written, lemma, part) for written in dict.fromkeys((form.word, form.word.replace("ё", "е"))))


# ---------------------------------------------------------------- runs

ENDINGS = {"es": (spanish, "(ar|er|ir|ír)$"), "fr": (french, "(er|ir|re|oir)$"), "it": (italian, "(are|ere|ire|rre)$")}


def members(tree, part=None):
    """All (lemma, part of speech) that stand under keys `verbs` and `nouns` of a lexicon."""
    if isinstance(tree, dict):
        if part and "lemma" in tree:
            yield tree["lemma"], part
        for key, value in tree.items():
            yield from members(value, {"verbs": "VERB", "nouns": "NOUN"}.get(key, part))
    elif isinstance(tree, list):
        for value in tree:
            if isinstance(value, str) and part:
                yield value, part
            else:
                yield from members(value, part)


def lexicon(folder, language):
    """The single words of a language's lexicons, in order."""
    known = set()
    for name in ("factuality", "frames", "statements"):
        known |= set(members(yaml.safe_load((Path(folder) / language / f"{name}.yaml").read_text(encoding="utf-8"))))
    return sorted((lemma, part) for lemma, part in known if " " not in lemma)


def main():
    folder = sys.argv[1]
    for language, (conjugate, ending) in ENDINGS.items():
        for verb in (lemma for lemma, part in lexicon(folder, language) if part == "VERB" and re.search(ending, lemma)):
            for form in dict.fromkeys(conjugate(verb)):
                print(language, form, verb, "VERB", sep="\t")
    for row in dict.fromkeys(russian(lexicon(folder, "ru"))):
        print("ru", *row, sep="\t")


if __name__ == "__main__":
    main()
