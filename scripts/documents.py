#!/usr/bin/env python3
"""Makes up news articles in four languages, for measuring: the same number and seed give the same articles on every machine.

Every name of a party that is listed is one of the starter list; all phrases are the project's own.

    scripts/documents.py NUMBER [--relevant SHARE] [--seed N] > articles.jsonl
"""

import argparse
import json
import random
import sys

PARTIES = {
    "en": ["Kim Jong Un", "Vladimir Putin", "Sergei Lavrov", "Dmitry Peskov"],
    "de": ["Kim Jong Un", "Wladimir Putin", "Sergej Lawrow", "Dmitri Peskow"],
    "fr": ["Kim Jong-un", "Vladimir Poutine", "Sergueï Lavrov", "Dmitri Peskov"],
    "ru": ["Ким Чен Ын", "Владимир Путин", "Сергей Лавров", "Дмитрий Песков"],
}
PEOPLE = {
    "en": ["Anna Hollow", "George Marsh", "Ines Calder", "Tom Whitfield"],
    "de": ["Anna Holbach", "Georg Marschner", "Ines Kaltwasser", "Tom Wiesenfeld"],
    "fr": ["Anne Houlette", "Georges Marais", "Inès Caldier", "Thomas Blanchet"],
    "ru": ["Анна Холмова", "Георгий Маршин", "Инна Калдыбина", "Тимофей Белополев"],
}
PLAIN = {
    "en": [
        "The council of the harbour town agreed on a new timetable for the ferries, {person} said on Tuesday.",
        "Prices for bread and milk rose by two percent in the last quarter.",
        "{person}, who has led the museum since spring, expects more visitors in summer.",
        "The railway will close the bridge for three weeks to paint it.",
        "Two schools in the north of the region stay closed because of the snow.",
        "A court ruled that the airline has to pay back the tickets.",
    ],
    "de": [
        "Der Rat der Hafenstadt einigte sich auf einen neuen Fahrplan der Fähren, sagte {person} am Dienstag.",
        "Die Preise für Brot und Milch stiegen im letzten Quartal um zwei Prozent.",
        "{person} leitet das Museum seit dem Frühling und erwartet im Sommer mehr Besucher.",
        "Die Bahn sperrt die Brücke für drei Wochen, um sie zu streichen.",
        "Zwei Schulen im Norden der Region bleiben wegen des Schnees geschlossen.",
        "Ein Gericht entschied, dass die Fluglinie die Karten erstatten muss.",
    ],
    "fr": [
        "Le conseil de la ville portuaire a adopté un nouvel horaire des bacs, a dit {person} mardi.",
        "Les prix du pain et du lait ont augmenté de deux pour cent au dernier trimestre.",
        "{person} dirige le musée depuis le printemps et attend plus de visiteurs en été.",
        "Le chemin de fer fermera le pont pendant trois semaines pour le repeindre.",
        "Deux écoles du nord de la région restent fermées à cause de la neige.",
        "Un tribunal a jugé que la compagnie aérienne doit rembourser les billets.",
    ],
    "ru": [
        "Совет портового города утвердил новое расписание паромов, сообщила во вторник {person}.",
        "Цены на хлеб и молоко выросли за квартал на два процента.",
        "{person} с весны возглавляет музей и летом ждёт больше посетителей.",
        "Железная дорога закроет мост на три недели, чтобы его покрасить.",
        "Две школы на севере области остаются закрытыми из-за снега.",
        "Суд решил, что авиакомпания должна вернуть деньги за билеты.",
    ],
}
RELEVANT = {
    "en": [
        "{party} said that North Korea had delivered artillery shells to Russia.",
        "Officials in Seoul denied that Iran would sell drones to Russia, {person} wrote.",
        "{party} is to meet a delegation from Pyongyang next week.",
    ],
    "de": [
        "{party} sagte, Nordkorea habe Artilleriegranaten an Russland geliefert.",
        "Beamte in Seoul bestritten, dass der Iran Drohnen an Russland verkaufe, schrieb {person}.",
        "{party} trifft in der nächsten Woche eine Abordnung aus Pjöngjang.",
    ],
    "fr": [
        "{party} a dit que la Corée du Nord avait livré des obus d'artillerie à la Russie.",
        "Des responsables à Séoul ont démenti que l'Iran vende des drones à la Russie, écrit {person}.",
        "{party} rencontrera la semaine prochaine une délégation de Pyongyang.",
    ],
    "ru": [
        "{party} заявил, что Северная Корея поставила России артиллерийские снаряды.",
        "Чиновники в Сеуле опровергли, что Иран продаёт России беспилотники, пишет {person}.",
        "{party} встретится на следующей неделе с делегацией из Пхеньяна.",
    ],
}
LANGUAGES = sorted(PLAIN)
SENTENCES = 28
SHARE = 0.2


def documents(number, relevant=SHARE, seed=1):
    """Articles of some 370 words, one at a time; the given share of them names listed parties and transfers."""
    draw = random.Random(seed)
    for at in range(number):
        language = draw.choice(LANGUAGES)
        text = article(draw, language, draw.random() < relevant)
        day = f"2024-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        yield {"id": f"d{at}", "text": text, "published": day, "language": language}


def article(draw, language, relevant):
    phrases = draw.choices(PLAIN[language], k=SENTENCES)
    if relevant:
        for phrase in draw.sample(RELEVANT[language], k=2):
            phrases.insert(draw.randrange(len(phrases)), phrase)
    fill = lambda phrase: phrase.format(person=draw.choice(PEOPLE[language]), party=draw.choice(PARTIES[language]))
    return " ".join(fill(phrase) for phrase in phrases)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("number", type=int)
    parser.add_argument("--relevant", type=float, default=SHARE)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for document in documents(args.number, args.relevant, args.seed):
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
